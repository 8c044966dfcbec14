// Ordering by handle, button and key: the list itself is the order, and the selects carry it.
// Everything listens on the document, so that a question that is swapped in works at once.

const list = (element) => element.closest(".order");
const items = (order) => [...order.querySelectorAll(".order-item")];

/** Write the place of each item into its select: below the line means left out. */
function settle(order) {
  const line = order.querySelector(".order-line");
  let place = 0;
  for (const item of items(order)) {
    const below = line.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING;
    item.querySelector(".order-place").value = below ? "out" : String(++place);
  }
}

function say(item) {
  const order = list(item);
  const place = item.querySelector(".order-place").value;
  const text = item.querySelector(".order-text").textContent.trim();
  const where = place === "out" ? "left out" : `place ${place} of ${items(order).length}`;
  order.parentElement.querySelector("[data-order-said]").textContent = `${text}: ${where}`;
}

/** Take over a list: show it in the order its selects hold, if they hold one. */
function takeOver(order) {
  const rank = (item) => Number(item.querySelector(".order-place").value) || Infinity;
  const held = items(order);
  const line = order.querySelector(".order-line");
  if (held.every((item) => item.querySelector(".order-place").value)) {
    held.sort((one, other) => rank(one) - rank(other));
    for (const item of held) {
      if (rank(item) < Infinity) line.before(item);
      else order.append(item);
    }
  }
  order.dataset.order = "";
}

const takeOverAll = () => document.querySelectorAll(".order:not([data-order])").forEach(takeOver);

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".order-move");
  if (!button) return;
  const item = button.closest(".order-item");
  const up = button.dataset.move === "up";
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  if (other) {
    if (up) other.before(item);
    else other.after(item);
  }
  settle(list(item));
  say(item);
  button.focus();
});

// Before htmx or the browser reads the form: a list that was left as it stood is an answer too.
document.addEventListener("submit", (event) => event.target.querySelectorAll(".order").forEach(settle), true);

// By mouse, pen or finger: the item follows the pointer past the middle of its neighbours.

let dragged = null;

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".order-handle");
  if (!handle || event.button > 0) return;
  event.preventDefault();
  dragged = handle.closest(".order-item");
  dragged.classList.add("order-item--dragged");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  for (const other of [...list(dragged).children]) {
    if (other === dragged) continue;
    const { top, height } = other.getBoundingClientRect();
    const middle = top + height / 2;
    const follows = dragged.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (follows && event.clientY > middle) other.after(dragged);
    else if (!follows && event.clientY < middle) {
      other.before(dragged);
      break;
    }
  }
});

function drop() {
  if (!dragged) return;
  dragged.classList.remove("order-item--dragged");
  settle(list(dragged));
  say(dragged);
  dragged = null;
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

new MutationObserver(takeOverAll).observe(document.body, { childList: true, subtree: true });
takeOverAll();
