(() => {
  // Everything can be read without this: it adds the filter, links that can be copied, and the download.
  const form = document.getElementById("filters");
  const status = document.getElementById("shown");

  const tidy = (active) => {
    for (const kind of document.querySelectorAll(".kind")) {
      kind.hidden = !kind.querySelector(".finding:not([hidden])");
      const fold = kind.querySelector(".fold");
      if (fold) {
        fold.hidden = !fold.querySelector(".finding:not([hidden])");
        // A fold is opened for its matches where they are few enough to look at.
        if (active && !fold.hidden) fold.open = fold.querySelectorAll(".finding:not([hidden])").length <= 200;
      }
    }
  };
  const filter = form && makeFilter(form, Array.from(document.querySelectorAll(form.dataset.items)), tidy);

  const open = (node) => {
    for (let at = node; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
  };

  const follow = () => {
    if (filter && filter.follow()) return;
    const hash = decodeURIComponent(location.hash.slice(1));
    const node = hash && document.getElementById(hash);
    if (!node) return;
    if (filter && node.hidden) filter.reset();
    open(node);
    node.scrollIntoView();
    const handle = node.querySelector(":scope > summary");
    if (handle) handle.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.copy");
    if (!link || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(() => { status.textContent = status.dataset.copied; }, () => undefined);
  });

  const button = document.getElementById("download");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const blob = new Blob([document.getElementById("data").textContent], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "readiness.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    if (closed.length <= 1500) closed.forEach((node) => { node.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((node) => { node.open = false; }));
  addEventListener("hashchange", follow);
  follow();
})();
