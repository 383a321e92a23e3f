/**
 * What a page showed on each of some steps, and another page that shows the same by nothing but direct writes to its DOM: the
 * least that a step can cost. The changes are watched, not made up, and compared with what was there before, so that a write
 * which changes nothing is not asked of the other page.
 */

/** Runs in the page that is watched. Nodes are numbered in the order in which they are first met; the other page numbers them alike. */
export function watchChanges() {
  const numbers = new Map();
  const children = new Map();
  const scrolled = new Map();
  const left = new Set(["SCRIPT", "LINK", "STYLE"]);

  const drawn = (parent) => [...parent.childNodes].filter((node) => !left.has(node.nodeName));

  function described(node) {
    numbers.set(node, numbers.size);
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType === Node.COMMENT_NODE) return { comment: node.data };
    const own = drawn(node);
    children.set(node, own);
    if (node.scrollTop > 0) scrolled.set(node, node.scrollTop);
    const attributes = [...node.attributes].map(({ name, value }) => [name, value]);
    return { space: node.namespaceURI, name: node.localName, attributes, children: own.map(described) };
  }

  /** Before the changes that are looked at. */
  let before = new Map();
  function note(records) {
    for (const { type, target, attributeName, oldValue } of records) {
      if (!before.has(target)) before.set(target, new Map());
      const known = before.get(target);
      const what = type === "attributes" ? attributeName : type;
      if (!known.has(what)) known.set(what, oldValue);
    }
  }
  const observer = new MutationObserver(note);

  const sheets = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join("\n");
  const html = [...document.documentElement.attributes].map(({ name, value }) => [name, value]);
  const start = { html, sheets, body: described(document.body) };
  start.scrolled = [...scrolled].map(([node, top]) => [numbers.get(node), top]);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeOldValue: true,
    characterData: true,
    characterDataOldValue: true,
  });

  /** @returns the writes that lead from what was shown at the last call to what is shown now */
  function changes() {
    note(observer.takeRecords());
    const known = [...before].filter(([node]) => numbers.has(node) && node.isConnected);
    before = new Map();
    const writes = known.flatMap(([node, what]) => childWrites(node, what));
    for (const [node, what] of known)
      for (const [name, old] of what) {
        if (name === "childList") continue;
        const now = name === "characterData" ? node.data : node.getAttribute(name);
        if (now !== old) writes.push({ node: numbers.get(node), ...(name !== "characterData" && { name }), value: now });
      }
    for (const node of children.keys()) {
      if (!node.isConnected || node.scrollTop === (scrolled.get(node) ?? 0)) continue;
      scrolled.set(node, node.scrollTop);
      writes.push({ node: numbers.get(node), scroll: node.scrollTop });
    }
    return writes;
  }

  function childWrites(parent, what) {
    if (!what.has("childList")) return [];
    const [old, now] = [children.get(parent), drawn(parent)];
    children.set(parent, now);
    const writes = old.filter((node) => !now.includes(node)).map((node) => ({ remove: numbers.get(node) }));
    const stayed = old.filter((node) => now.includes(node));
    const inOrder = now.filter((node) => old.includes(node)).every((node, n) => node === stayed[n]);
    now.toReversed().forEach((node, n) => {
      if (inOrder && old.includes(node)) return;
      const next = now[now.length - n];
      const add = numbers.has(node) ? numbers.get(node) : described(node);
      writes.push({ add, into: numbers.get(parent), ...(next && { before: numbers.get(next) }) });
    });
    return writes;
  }

  globalThis.changes = changes;
  return start;
}

/** Runs in an empty page: shows what the other showed, and makes one step's writes on each key press. */
export function writeByHand({ start, steps }) {
  const nodes = [];

  function made(node) {
    const number = nodes.push(undefined) - 1;
    const own = typeof node === "string" ? document.createTextNode(node) : element(node);
    nodes[number] = own;
    if (node.children) own.append(...node.children.map(made));
    return own;
  }
  function element({ comment, space, name, attributes }) {
    if (comment !== undefined) return document.createComment(comment);
    const own = document.createElementNS(space, name);
    for (const [attribute, value] of attributes) own.setAttribute(attribute, value);
    return own;
  }

  function write({ node, name, value, remove, add, into, before, scroll }) {
    if (remove !== undefined) nodes[remove].remove();
    else if (add !== undefined) nodes[into].insertBefore(typeof add === "number" ? nodes[add] : made(add), nodes[before] ?? null);
    else if (scroll !== undefined) nodes[node].scrollTop = scroll;
    else if (name === undefined) nodes[node].data = value;
    else if (value === null) nodes[node].removeAttribute(name);
    else nodes[node].setAttribute(name, value);
    if (name === "value" && nodes[node].localName === "input") nodes[node].value = value;
  }

  for (const [name, value] of start.html) document.documentElement.setAttribute(name, value);
  const style = document.createElement("style");
  style.textContent = start.sheets;
  document.head.append(style);
  document.body.replaceWith(made(start.body));
  for (const [node, top] of start.scrolled) nodes[node].scrollTop = top;
  let step = 0;
  addEventListener("keydown", (event) => {
    event.preventDefault();
    for (const change of steps[step++]) write(change);
  });
}
