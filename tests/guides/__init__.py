"""The main job under the models of several municipalities, without a change of code."""
