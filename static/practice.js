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

// Saving: every change is sent at once, one delivery at a time; what could not be sent stays here and
// is sent again, under the same token while it is the same. The server orders by tab and counter.

const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
const byId = (id) => document.getElementById(id);
const tab = random();
const waiting = new Map(); // by address: the newest form that is not saved yet
let counter = 0;
let isSending = false;
let typing = 0;

/** Give the form its own token and place in the order of this tab. */
function stamp(form) {
  form.elements.token.value = random();
  form.elements.tab.value = tab;
  form.elements.seq.value = ++counter;
}

function note(form) {
  clearTimeout(typing);
  stamp(form);
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "save");
  waiting.set(form.action, body);
  deliver();
}

async function deliver(keepalive = false) {
  if (isSending) return;
  const [address, body] = waiting.entries().next().value ?? [];
  if (!address) return;
  isSending = true;
  try {
    const headers = { "HX-Request": "true", "HX-Target": "saved", "X-CSRFToken": body.get("csrfmiddlewaretoken") };
    const reply = await fetch(address, { method: "POST", body, headers, keepalive, signal: AbortSignal.timeout(4000) });
    if (reply.status >= 500 || reply.status === 403) throw new Error(String(reply.status));
    if (waiting.get(address) === body) waiting.delete(address);
    take(address, body, reply.ok, await reply.text());
    trouble("");
  } catch {
    trouble("Not saved. What you entered is kept here and sent again; go on, and leave this page open.");
    setTimeout(deliver, 2000);
    isSending = false;
    return;
  }
  isSending = false;
  deliver();
}

/** Show what the server made of a delivery; a refusal brings the question as it stands there. */
function take(address, body, isKept, html) {
  const form = byId("answer");
  if (!form || form.action !== address) return;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  if (isKept) {
    const mark = parsed.getElementById("saved");
    byId("saved").replaceWith(mark);
    if (mark.dataset.revision) {
      form.elements.base.value = mark.dataset.revision;
      show(mark.dataset);
    }
  } else {
    byId("question").replaceWith(parsed.getElementById("question"));
    htmx.process(byId("question"));
    settleIn();
  }
}

function trouble(words) {
  const alert = byId("trouble");
  if (!alert || alert.textContent === words) return;
  alert.textContent = words;
  alert.hidden = !words;
}

document.addEventListener("change", ({ target }) => target.form?.id === "answer" && note(target.form));
document.addEventListener("input", ({ target }) => {
  if (target.form?.id !== "answer" || !target.matches("textarea, [name=amount]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => note(target.form), 800);
});
// A form that is sent carries everything; an older delivery that is still waiting would only follow it.
document.addEventListener("submit", ({ target }) => {
  if (target.id !== "answer") return;
  clearTimeout(typing);
  waiting.delete(target.action);
  stamp(target);
}, true);
addEventListener("online", () => deliver());
addEventListener("pagehide", () => deliver(true));
addEventListener("beforeunload", (event) => waiting.size && event.preventDefault());

// The navigator follows what is answered, flagged and shown.

function show({ number, answered, flagged }) {
  const place = document.querySelector(`[data-place="${number ?? byId("question").dataset.number}"]`);
  if (!place) return;
  Object.assign(place.dataset, { answered, flagged });
  const words = [answered === "yes" && "answered", flagged === "yes" && "flagged"].filter(Boolean);
  place.querySelector(".place-words").textContent = words.map((word) => `, ${word}`).join("");
}

function settleIn() {
  const question = byId("question");
  if (!question?.dataset.number) return;
  show(question.dataset);
  for (const place of document.querySelectorAll("[data-place]")) {
    if (place.dataset.place === question.dataset.number) place.setAttribute("aria-current", "page");
    else place.removeAttribute("aria-current");
  }
  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
}

document.addEventListener("htmx:after:swap", settleIn);

// The clock counts from what the server said, never by the browser's own time of day.

const SPOKEN = [600, 300, 60, 30];
let ends = null;
let before = Infinity;

function setClock() {
  const left = byId("clock")?.dataset.secondsLeft;
  ends = left === undefined ? null : performance.now() + Number(left) * 1000;
}

function inWords(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours} h ${String(minutes).padStart(2, "0")} min` : `${minutes} min ${String(rest).padStart(2, "0")} s`;
}

function tick() {
  if (ends === null) return;
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  document.querySelector(".clock-left").textContent = inWords(left);
  if (SPOKEN.some((limit) => left <= limit && before > limit && before !== Infinity)) sayTime(left);
  if (left === 0 && before > 0) {
    if (byId("answer") && typing) note(byId("answer"));
    setTimeout(() => location.reload(), 6000);
  }
  before = left;
}

function sayTime(left = before) {
  byId("clock-said").textContent = `Time left: ${inWords(left)}`;
}

/** After sleep the counter of the page may have stood still: ask the server. */
async function resync() {
  if (ends === null || document.hidden) return;
  const reply = await fetch(location.pathname, { headers: { "HX-Request": "true", "HX-Target": "clock" } }).catch(() => null);
  const fresh = reply?.ok && new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("clock");
  if (fresh?.dataset.secondsLeft) {
    byId("clock").dataset.secondsLeft = fresh.dataset.secondsLeft;
    setClock();
  }
}

document.addEventListener("visibilitychange", resync);
addEventListener("pageshow", (event) => event.persisted && resync());

// Keys: digits pick, Enter checks, N and P move, F flags, T says the time, ? shows the list.

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const dialog = byId("keys");
  if (event.ctrlKey || event.altKey || event.metaKey || !dialog || dialog.open) return;
  if (target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
  const isOff = localStorage.getItem("keys") === "off";
  if (key === "?") return dialog.showModal();
  if (isOff) return;
  let wanted = null;
  if (/^[1-9]$/.test(key)) wanted = document.querySelectorAll("#answer [name=option]")[Number(key) - 1];
  else if (key === "Enter") wanted = target.matches("a, button, summary") ? null : document.querySelector("[data-key=Enter]");
  else if (/^[npf]$/i.test(key)) wanted = document.querySelector(`#question [data-key=${key.toLowerCase()}]`);
  else if (/^t$/i.test(key) && ends !== null) sayTime();
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  if (wanted.name === "option") wanted.focus();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-keys-open]")) byId("keys").showModal();
  if (target.matches("[data-time-say]")) sayTime();
});
byId("keys-on")?.addEventListener("change", ({ target }) => localStorage.setItem("keys", target.checked ? "on" : "off"));
if (byId("keys-on")) byId("keys-on").checked = localStorage.getItem("keys") !== "off";
for (const each of document.querySelectorAll("[data-by-script]")) each.hidden = false;

settleIn();
setClock();
setInterval(tick, 1000);
