"use strict";
// A form that hides what does not fit: the state is in the address, and everything can be read without it.
// `items` are the things to show or hide, by their data attributes or, for `q`, by their text; an attribute may hold several
// values between line breaks. `after(active)` may tidy up around them.
const makeFilter = (form, items, after) => {
  const status = document.getElementById("shown");
  const fields = Array.from(form.elements).map((field) => field.name).filter(Boolean);
  const texts = new Map();
  const home = form.dataset.home;

  const textOf = (node) => {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  };
  const value = (name) => form.elements[name].value.trim();
  const holds = (data, wanted) => data === wanted || (data || "").includes(`\n${wanted}\n`);

  const apply = () => {
    const want = fields.filter((name) => value(name)).map((name) => [name, value(name)]);
    let shown = 0;
    for (const node of items) {
      node.hidden = !want.every(([name, text]) =>
        name === "q" ? textOf(node).includes(text.toLowerCase()) : holds(node.dataset[name], text));
      if (!node.hidden) shown += 1;
    }
    after(want.length > 0);
    const say = (number) => number.toLocaleString("en-GB");
    status.textContent = want.length
      ? form.dataset.showing.replace("{shown}", () => say(shown)).replace("{all}", () => say(items.length)) : "";
  };

  const remember = () => {
    const query = new URLSearchParams(fields.filter((name) => value(name)).map((name) => [name, value(name)]));
    history.replaceState(null, "", query.size ? `#find?${query}` : `#${home}`);
  };

  // Take the state from the address; true where it held one.
  const follow = () => {
    if (!location.hash.startsWith("#find?")) return false;
    const query = new URLSearchParams(location.hash.slice(6));
    for (const name of fields) form.elements[name].value = query.get(name) || "";
    apply();
    document.getElementById(home).scrollIntoView();
    return true;
  };

  const reset = () => { form.reset(); apply(); };

  form.hidden = false;
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); remember(); }, 120);
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); remember(); });
  return { follow, reset };
};
