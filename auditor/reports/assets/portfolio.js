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
    const [body, later] = table.tBodies;
    const first = body.rows.length;
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
        const rows = [body, later].flatMap((part) => (part ? Array.from(part.rows, (row) => [key(row, index), row]) : []));
        rows.sort(([a], [b]) => (a && b && !up ? -compare(a, b) : compare(a, b)));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const ordered = rows.map(([, row]) => row);
        body.append(...ordered.slice(0, first));
        if (later) later.append(...ordered.slice(first));
      });
    });
    if (later) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "govuk-button govuk-button--secondary show-all no-print";
      button.textContent = table.dataset.all;
      button.addEventListener("click", () => { table.classList.add("whole"); button.remove(); later.rows[0].querySelector("a")?.focus(); });
      table.parentElement.after(button);
    }
  }

  const form = document.getElementById("filters");
  if (form) {
    const table = document.getElementById(form.dataset.home);
    const button = table.parentElement.parentElement.querySelector(".show-all");
    // What fits is shown, however far down it stands.
    const tidy = (active) => {
      if (!button?.isConnected) return;
      table.classList.toggle("whole", active);
      button.hidden = active;
    };
    const filter = makeFilter(form, Array.from(document.querySelectorAll(form.dataset.items)), tidy);
    addEventListener("hashchange", filter.follow);
    filter.follow();
  }
})();
