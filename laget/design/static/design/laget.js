// Leaves a family page without leaving it in the browser's Back list. Without script it is an ordinary link.
document.addEventListener("click", function (event) {
  const link = event.target.closest("a[data-leave]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  document.body.hidden = true;
  window.location.replace(link.href);
});
