// Written for browsers that cannot read the app: nothing here is newer than ES5.
(function () {
  var has =
    "noModule" in document.createElement("script") &&
    typeof Promise === "function" &&
    typeof structuredClone === "function" &&
    typeof Array.prototype.findLast === "function" &&
    typeof indexedDB === "object" &&
    indexedDB !== null;
  function leave() {
    location.replace("/too-old.html");
  }
  if (!has) {
    leave();
    return;
  }
  // The features are there, but the language may not be: then the app never said that it was read.
  // A script that merely could not be fetched says so by an error of its own element.
  var missing = false;
  function failed(event) {
    if (event.target && event.target.tagName === "SCRIPT") missing = true;
  }
  function loaded() {
    if (!missing && document.documentElement.getAttribute("data-app") !== "read") leave();
  }
  window.addEventListener("error", failed, true);
  window.addEventListener("load", loaded);
})();
