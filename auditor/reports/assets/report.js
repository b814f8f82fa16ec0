"use strict";
(() => {
  // Everything can be read without this: it adds the filter, links that can be copied, and the download.
  const form = document.getElementById("filters");
  const status = document.getElementById("shown");
  const findings = Array.from(document.querySelectorAll(".finding"));
  const kinds = Array.from(document.querySelectorAll(".kind"));
  const fields = ["severity", "category", "exposure", "q"];
  const texts = new Map();

  const textOf = (node) => {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  };

  const wanted = () => Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim().toLowerCase()]));

  const apply = () => {
    const want = wanted();
    const active = fields.some((name) => want[name]);
    let shown = 0;
    for (const node of findings) {
      const data = node.dataset;
      const fits =
        (!want.severity || data.severity === want.severity) &&
        (!want.category || data.category === want.category) &&
        (!want.exposure || data.exposure === want.exposure) &&
        (!want.q || textOf(node).includes(want.q));
      node.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const kind of kinds) {
      kind.hidden = !kind.querySelector(".finding:not([hidden])");
      const fold = kind.querySelector(".fold");
      if (fold) {
        fold.hidden = !fold.querySelector(".finding:not([hidden])");
        // A fold is opened for its matches where they are few enough to look at.
        if (active && !fold.hidden) fold.open = fold.querySelectorAll(".finding:not([hidden])").length <= 200;
      }
    }
    status.textContent = active ? form.dataset.showing.replace("{shown}", shown.toLocaleString("en-GB")).replace("{all}", findings.length.toLocaleString("en-GB")) : "";
  };

  const remember = () => {
    const want = wanted();
    const query = new URLSearchParams(fields.filter((name) => want[name]).map((name) => [name, form.elements[name].value.trim()]));
    history.replaceState(null, "", query.size ? `#find?${query}` : "#findings");
  };

  const open = (node) => {
    for (let at = node; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
  };

  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (form && hash.startsWith("find?")) {
      const query = new URLSearchParams(hash.slice(5));
      for (const name of fields) form.elements[name].value = query.get(name) || "";
      apply();
      document.getElementById("findings").scrollIntoView();
      return;
    }
    const node = hash && document.getElementById(hash);
    if (!node) return;
    if (form && node.hidden) {
      form.reset();
      apply();
    }
    open(node);
    node.scrollIntoView();
    const handle = node.querySelector(":scope > summary");
    if (handle) handle.focus({ preventScroll: true });
  };

  if (form) {
    form.hidden = false;
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { apply(); remember(); }, 120);
    };
    form.addEventListener("input", later);
    form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
    form.addEventListener("submit", (event) => { event.preventDefault(); apply(); remember(); });
  }

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
