// Leaves a family page without leaving it in the browser's Back list. Without script it is an ordinary form.
document.addEventListener("submit", function (event) {
  const form = event.target.closest("form[data-leave]");
  if (!form) return;
  document.body.hidden = true;
  document.title = "";
  if (!navigator.sendBeacon(form.action, new FormData(form))) return;
  event.preventDefault();
  window.location.replace(form.dataset.leave);
});
