// Until the page's script is there, nobody hears a click on a button: the last one is kept, and is done then.
// Not a module: these come after the page is drawn, which is when somebody may click.
(() => {
  let kept = null;
  const keep = (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept = button;
  };
  document.addEventListener("click", keep, true);
  document.addEventListener(
    "live",
    () => {
      document.removeEventListener("click", keep, true);
      if (kept?.isConnected) kept.click();
    },
    { once: true },
  );
})();
