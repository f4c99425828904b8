// Small helps over pages that work without them: theme, focus, arrow keys.
// Loaded plainly in <head> (not deferred), so that a remembered theme is set before first paint.
(() => {
  "use strict";
  const root = document.documentElement;
  root.dataset.js = "";

  // --- theme: <button data-theme-set="auto|light|dark" aria-pressed> ---

  const remembered = () => {
    try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; }
  };
  const showTheme = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-set]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === theme));
    }
  };
  showTheme(remembered());

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-set]");
    if (!button) return;
    try { localStorage.setItem("theme", button.dataset.themeSet); } catch { /* not remembered */ }
    showTheme(button.dataset.themeSet);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === "theme") showTheme(event.newValue || "auto");
  });

  // --- the matrix: one tab stop, arrow keys inside ---

  const CELL = ".matrix a.cell";
  const shown = (link) => link.getClientRects().length > 0;

  const setTabStop = (matrix, wanted) => {
    const links = [...matrix.querySelectorAll("a.cell")];
    const stop = wanted || links.find((link) => link.hasAttribute("aria-current")) || links.find(shown);
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  };

  const neighbour = (link, key) => {
    const row = link.closest("tr");
    const inRow = [...row.querySelectorAll("a.cell")].filter(shown);
    const rtl = getComputedStyle(row).direction === "rtl";
    const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[key];
    if (step) return inRow[inRow.indexOf(link) + step];
    if (key === "Home") return inRow[0];
    if (key === "End") return inRow[inRow.length - 1];
    const column = [...row.cells].indexOf(link.closest("td"));
    for (let next = row; (next = key === "ArrowUp" ? next.previousElementSibling : next.nextElementSibling);) {
      const same = next.cells[column]?.querySelector("a.cell");
      const found = same && shown(same) ? same : [...next.querySelectorAll("a.cell")].find(shown);
      if (found) return found;
    }
    return undefined;
  };

  document.addEventListener("focusin", (event) => {
    if (event.target.matches(CELL)) setTabStop(event.target.closest(".matrix"), event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") { closeCell(event); return; }
    if (event.target.matches?.("#cell h2") && /^Arrow/.test(event.key)) {
      const from = openerLink();
      const next = from && neighbour(from, event.key);
      if (next) { event.preventDefault(); next.focus(); }
      return;
    }
    if (!event.target.matches?.(CELL) || !/^(Arrow|Home$|End$)/.test(event.key)) return;
    event.preventDefault();
    const next = neighbour(event.target, event.key);
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // --- #cell: focus goes to its heading, Escape closes it, focus returns to the cell ---

  let opener = null; // href of the cell link whose words are shown; survives a swap of the table

  const openerLink = () =>
    [...document.querySelectorAll(CELL)].find((link) => link.getAttribute("href") === opener) ||
    document.querySelector(`${CELL}[aria-current]`);

  const markCurrent = (current) => {
    for (const link of document.querySelectorAll(`${CELL}[aria-current]`)) link.removeAttribute("aria-current");
    if (current) current.setAttribute("aria-current", "true");
  };

  const closeCell = (event) => {
    const close = document.querySelector("#cell .cell-close");
    if (!close || event.target.closest?.("select, [popover], dialog")) return;
    event.preventDefault();
    close.click();
  };

  // A swap took away the link or form that asked for it: go to the one in its place.
  const refocus = (source) => {
    const href = source.getAttribute("href");
    const same = href && [...document.querySelectorAll("main a[href]")].find((link) => link.getAttribute("href") === href);
    (same || document.querySelector(source.matches("form") ? "form.filters button" : "main"))?.focus({ preventScroll: true });
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "cell") event.detail.target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute?.("aria-busy");
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const matrix = document.querySelector(".matrix");
    const source = event.detail.requestConfig?.elt;
    if (event.detail.target?.id !== "cell") {
      if (matrix) setTabStop(matrix);
      if (source && !source.isConnected && document.activeElement === document.body) refocus(source);
      return;
    }
    const heading = document.querySelector("#cell h2");
    if (heading) {
      if (source?.matches(CELL)) {
        opener = source.getAttribute("href");
        markCurrent(source);
      }
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
      document.getElementById("cell").scrollTop = 0;
    } else {
      const back = openerLink();
      markCurrent(null);
      opener = null;
      back?.focus();
    }
  });

  // --- the reader: the outline shows which delegation is on screen ---

  const followOutline = () => {
    const outline = document.querySelector(".outline");
    if (!outline || !("IntersectionObserver" in window)) return;
    const mark = (id) => {
      for (const link of outline.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
      outline.querySelector(`a[href="#${CSS.escape(id)}"]`)?.setAttribute("aria-current", "location");
    };
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) mark(entry.target.getAttribute("aria-labelledby"));
      }
    }, { rootMargin: "-20% 0px -79% 0px" });
    for (const section of document.querySelectorAll(".text > section[aria-labelledby]")) observer.observe(section);
  };

  // --- another language: stay where the address says, which a swap may have changed ---

  document.addEventListener("submit", (event) => {
    const next = event.target.closest(".language-switch")?.elements.next;
    if (next) next.value = location.pathname + location.search + location.hash;
  });

  // --- once the page is there ---

  const ready = () => {
    showTheme(remembered());
    const matrix = document.querySelector(".matrix");
    if (matrix) setTabStop(matrix);
    followOutline();
    const open = matrix?.querySelector("a.cell[aria-current]");
    if (open && matchMedia("(max-width: 79.99rem)").matches) open.scrollIntoView({ block: "start" });
    // On a narrow screen the outline starts folded.
    if (matchMedia("(max-width: 63.99rem)").matches) {
      document.querySelector(".outline > details")?.removeAttribute("open");
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
  document.addEventListener("htmx:historyRestore", ready);
})();
