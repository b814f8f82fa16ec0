(() => {
  // Tables sort by a click on a heading; the list of repositories has a filter.
  const key = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    if (!a || !b) return a ? -1 : b ? 1 : 0;
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en-GB") : x - y;
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      button.title = `${table.dataset.sortBy}: ${head.textContent}`;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        const rows = Array.from(body.rows, (row) => [key(row, index), row]);
        rows.sort(([a], [b]) => (a && b && !up ? -compare(a, b) : compare(a, b)));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  const form = document.getElementById("filters");
  if (form) {
    const filter = makeFilter(form, Array.from(document.querySelectorAll(form.dataset.items)), () => undefined);
    addEventListener("hashchange", filter.follow);
    filter.follow();
  }
})();
