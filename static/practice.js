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

/** An item has found its place: write it down, say it, and let it be saved like any other change. */
function moved(item) {
  settle(list(item));
  say(item);
  item.querySelector(".order-place").dispatchEvent(new Event("change", { bubbles: true }));
}

// The others move around the item, which stays where it is in the page and so keeps focus and pointer.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".order-move");
  if (!button) return;
  const item = button.closest(".order-item");
  const { previousElementSibling: above, nextElementSibling: below } = item;
  if (button.dataset.move === "up") above && item.after(above);
  else below && item.before(below);
  moved(item);
  button.focus();
});

// Before htmx or the browser reads the form: a list that was left as it stood is an answer too.
document.addEventListener("submit", (event) => event.target.querySelectorAll(".order").forEach(settle), true);

// By mouse, pen or finger: the item follows the pointer past the middle of its neighbours.

let dragged = null;

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".order-handle");
  if (!handle || dragged || event.button > 0) return;
  event.preventDefault();
  dragged = handle.closest(".order-item");
  dragged.classList.add("order-item--dragged");
});

document.addEventListener("pointermove", ({ clientY }) => {
  if (!dragged) return;
  const others = [...list(dragged).children].filter((other) => other !== dragged);
  for (const other of others) {
    const { top, height } = other.getBoundingClientRect();
    const follows = dragged.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (follows && clientY > top + height / 2) dragged.before(other);
  }
  for (const other of others.reverse()) {
    const { top, height } = other.getBoundingClientRect();
    const precedes = dragged.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING;
    if (precedes && clientY < top + height / 2) dragged.after(other);
  }
});

function drop() {
  if (!dragged) return;
  dragged.classList.remove("order-item--dragged");
  moved(dragged);
  dragged = null;
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

new MutationObserver(takeOverAll).observe(document.body, { childList: true, subtree: true });
takeOverAll();

// Saving: every change is sent at once, one delivery at a time. What could not be sent waits here and in
// the browser's own storage, and is sent again under the same token. The server orders by tab and counter.

const SHELF = "answer:";
const KEPT_FOR = 30 * 24 * 3600 * 1000;
const PAUSE = 800; // after the last letter
const LONGEST_PAUSE = 1400; // after the first letter that is not on its way
const LATE = 3000;
const GIVE_UP = 15000;
const SLOWEST = 30000; // between two tries

const AWAY = "Not saved. What you entered is kept here and sent again; go on, and leave this page open.";
const UNKNOWN =
  "Not saved: this browser is not known as yours any more. Open your resume link or sign in again, in " +
  "another tab. What you entered is kept here and sent again after that.";

const byId = (id) => document.getElementById(id);
const read = (html) => new DOMParser().parseFromString(html, "text/html");
const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
const tab = random();
const waiting = new Map(); // by address: the newest form that is not saved yet
const failed = new Map(); // by address: the words on why it is not
let counter = 0;
let sending = null; // what is on its way
let held = null; // what is done once nothing waits
let submitted = null; // what htmx is sending, as it will be saved if that fails
let typing = null;
let notice = "";
let tries = 0;
let again = 0;

/** Storage that is full or forbidden costs the safety net, and nothing else. */
function shelf(work) {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
}

function keep(address, body) {
  waiting.set(address, body);
  shelf((storage) => storage.setItem(SHELF + address, JSON.stringify([Date.now(), body.toString()])));
}

function forget(address, body) {
  failed.delete(address);
  if (waiting.get(address) !== body) return;
  waiting.delete(address);
  shelf((storage) => storage.removeItem(SHELF + address));
}

/** Take up what an earlier page of this session could not deliver. */
function takeUp() {
  const mine = location.pathname.match(/^.*\/practice\/\d+\//)?.[0];
  for (const name of shelf(Object.keys) ?? []) {
    if (!name.startsWith(SHELF)) continue;
    const [at, body] = shelf((storage) => JSON.parse(storage.getItem(name))) ?? [0];
    const address = name.slice(SHELF.length);
    if (mine && body && address.startsWith(mine)) waiting.set(address, new URLSearchParams(body));
    else if (!(Date.now() - at < KEPT_FOR)) shelf((storage) => storage.removeItem(name));
  }
}

const addressOf = (form) => form.getAttribute("action");

function bodyOf(form, wanted) {
  const body = new URLSearchParams(new FormData(form));
  body.delete("csrfmiddlewaretoken");
  body.set("do", wanted);
  return body;
}

/** Give the form a token and a place in the order of this tab; the same content keeps those it has. */
function stamp(form, wanted) {
  const content = bodyOf(form, wanted);
  for (const name of ["token", "tab", "seq", "base"]) content.delete(name);
  if (form.dataset.stamped === content.toString()) return false;
  form.dataset.stamped = content.toString();
  form.elements.token.value = random();
  form.elements.tab.value = tab;
  form.elements.seq.value = ++counter;
  return true;
}

function note(form) {
  if (typing?.form === form) stopTyping();
  if (stamp(form, "save")) {
    keep(addressOf(form), bodyOf(form, "save"));
    if (form.isConnected) byId("saved").textContent = "";
  }
  deliver();
}

function stopTyping() {
  clearTimeout(typing?.timer);
  typing = null;
}

const flush = () => typing && note(typing.form);

/** Wait for a pause in the typing, but never long. */
function type(form) {
  const now = performance.now();
  const since = typing?.form === form ? typing.since : now;
  if (typing?.form === form) stopTyping();
  else flush();
  typing = { form, since, timer: setTimeout(flush, Math.max(0, Math.min(PAUSE, since + LONGEST_PAUSE - now))) };
}

/** The token against forged requests as it is now: signing in somewhere else has changed it. */
const forgery = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function post(address, body, signal) {
  const headers = { "HX-Request": "true", "HX-Target": "saved", "X-CSRFToken": forgery() };
  // So that leaving the page does not call it back; browsers do that for small bodies only.
  const keepalive = body.toString().length < 60000;
  return fetch(address, { method: "POST", body, headers, signal, keepalive });
}

async function deliver() {
  const [address, body] = waiting.entries().next().value ?? [];
  if (sending || submitted || !address) return;
  clearTimeout(again);
  const form = byId("answer");
  if (form && addressOf(form) === address && body.get("tab") === tab) body.set("base", form.elements.base.value);
  const stop = new AbortController();
  let done;
  sending = { address, body, stop, done: new Promise((resolve) => (done = resolve)) };
  const late = setTimeout(() => fail(address, AWAY), LATE);
  const end = setTimeout(() => stop.abort(), GIVE_UP);
  const reply = await post(address, body, stop.signal)
    .then(async (response) => ({ status: response.status, html: await response.text() }))
    .catch(() => ({ status: 0, html: "" }));
  clearTimeout(late);
  clearTimeout(end);
  sending = null;
  const page = read(reply.html);
  const isKept = reply.status === 200 && page.getElementById("saved");
  const isRefused = [409, 422].includes(reply.status) && page.getElementById("question");
  if (!isKept && !isRefused) {
    retry(address, body, reply.status);
    return done();
  }
  tries = 0;
  forget(address, body);
  if (isKept) keptAt(address, page.getElementById("saved"));
  else refused(address, page);
  done();
  showTrouble();
  afterwards();
  deliver();
}

/** Try again later and later; the others that wait come first then. */
function retry(address, body, status) {
  fail(address, [403, 404].includes(status) ? UNKNOWN : AWAY);
  if (waiting.get(address) === body) {
    waiting.delete(address);
    waiting.set(address, body);
  }
  clearTimeout(again);
  again = setTimeout(deliver, Math.min(SLOWEST, 1000 * 2 ** tries++) * (0.75 + Math.random() / 4));
  // A page brings the cookie back that the token against forged requests is read from.
  if (status === 403) fetch(location.href).catch(() => null);
}

function fail(address, words) {
  failed.set(address, words);
  showTrouble();
}

/** Show what is not saved, or else what else went wrong. */
function showTrouble() {
  const alert = byId("trouble");
  const said = [...failed.values()].at(-1) ?? notice;
  if (!alert || alert.textContent === said) return;
  alert.textContent = said;
  alert.hidden = !said;
}

/** The server has it: show the mark, and build on this revision from now on. */
function keptAt(address, mark) {
  const form = byId("answer");
  place(address.match(/(\d+)\/$/)?.[1], mark.dataset);
  if (!form || addressOf(form) !== address) return;
  if (mark.dataset.revision) form.elements.base.value = mark.dataset.revision;
  if (!typing && !waiting.has(address)) byId("saved").replaceChildren(...mark.childNodes);
}

/** The server has something else: show the question as it stands there, and why. */
function refused(address, page) {
  const form = byId("answer");
  if (form && addressOf(form) === address) return put(page);
  notice = `${page.querySelector("h1").textContent}: ${page.getElementById("errors").textContent.trim()}`;
  const typed = page.getElementById("not-taken")?.value;
  if (typed) notice += ` What you entered there: ${typed}`;
}

/** Put a question that was fetched in place of the one that is shown. */
function put(page) {
  if (typing?.form.id === "answer") stopTyping();
  byId("question").replaceWith(page.getElementById("question"));
  htmx.process(byId("question"));
  settleIn();
  if (!byId("errors")) (byId("verdict") ?? document.querySelector("#question h1")).focus();
}

/** Show in the form what was entered before and is not saved yet. */
function refill(form, body) {
  for (const field of form.elements) {
    const texts = body.getAll(field.name);
    if (["radio", "checkbox"].includes(field.type)) field.checked = texts.includes(field.value);
    else if (field.matches("select, textarea, [name=amount]")) field.value = texts[0] ?? "";
  }
  for (const order of form.querySelectorAll(".order")) takeOver(order);
}

document.addEventListener("change", ({ target }) => target.form?.id === "answer" && note(target.form));
document.addEventListener("input", ({ target }) => {
  if (target.form?.id === "answer" && target.matches("textarea, [name=amount]")) type(target.form);
});

// A form that is sent carries everything. Until the reply is here it is kept as a change that will be saved,
// so that a failure loses nothing.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const token = form.elements.csrfmiddlewaretoken;
  if (token && forgery()) token.value = forgery();
  if (form.id === "answer") {
    if (typing?.form === form) stopTyping();
    const address = addressOf(form);
    stamp(form, submitter?.value ?? "");
    if (!window.htmx) return forget(address, waiting.get(address));
    submitted = { address, form, body: bodyOf(form, "save") };
    keep(address, submitted.body);
  } else if (form.method === "post" && !form.hasAttribute("hx-post") && waiting.size) {
    // After a session is finished nothing is taken any more, so what waits goes first.
    event.preventDefault();
    event.stopImmediatePropagation();
    held = () => form.submit();
    sendNow();
  }
}, true);

/** What was put off until everything is delivered. */
function afterwards() {
  if (waiting.size) return;
  const then = held;
  held = null;
  if (then) then();
  else if (!byId("question")) location.reload(); // so that a list of all questions tells of it
}

// The second click of a double click is none: by then the button may belong to the next question.
document.addEventListener("click", (event) => {
  if (event.detail < 2 || !event.target.closest("#question button[name=do]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// htmx would show whatever comes back, an error page too; only a question is let through.

const LOST = "That could not be loaded. Try it once more in a moment.";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  flush();
  ctx.request.timeout = GIVE_UP;
  if (forgery()) ctx.request.headers["x-csrftoken"] = forgery();
  // What this page holds already, replies may leave out.
  if (byId("refrains")) ctx.request.headers["In-Place"] = byId("refrains").dataset.digest;
  if (ctx.sourceElement !== submitted?.form) return;
  const { address, form } = submitted;
  submitted.late = setTimeout(() => fail(address, AWAY), LATE);
  ctx.fetch = async (...request) => {
    await delivered();
    // What was on its way may have been left by an earlier page, as that of another tab.
    ctx.request.body.set("base", form.elements.base.value);
    return fetch(...request);
  };
});

/** One delivery at a time: wait for the one that is on its way, but not for long. */
async function delivered() {
  if (!sending) return;
  const { stop, done } = sending;
  const enough = setTimeout(() => stop.abort(), LATE);
  await done;
  clearTimeout(enough);
}

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  ctx.isTaken = true;
  const isOurs = status < 300 || status === 409 || status === 422;
  const page = isOurs && read(ctx.text);
  if (page && (page.getElementById("question") || ctx.response.headers.get("HX-Redirect"))) {
    sent(ctx);
    if (isHere(page, ctx.request.headers["In-Place"])) return;
    event.preventDefault();
    return location.assign(ctx.request.action);
  }
  event.preventDefault();
  unsent(ctx, status);
});

/** Whether what a reply leaves to the page is still on it, and not another page by now. */
function isHere(page, digest) {
  const left = [...page.querySelectorAll("[hx-preserve]")];
  return !left.length || (byId("refrains")?.dataset.digest === digest && left.every(({ id }) => byId(id)));
}

document.addEventListener("htmx:error", ({ detail: { ctx } }) => ctx && !ctx.isTaken && unsent(ctx, 0));
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement === submitted?.form) unsent(ctx, 0);
});

function sent(ctx) {
  if (ctx.sourceElement === submitted?.form) {
    const { address, body, late } = submitted;
    clearTimeout(late);
    submitted = null;
    forget(address, body);
  }
  notice = "";
  showTrouble();
  deliver();
}

function unsent(ctx, status) {
  if (ctx.sourceElement !== submitted?.form) {
    notice = [403, 404].includes(status) ? UNKNOWN : LOST;
    return showTrouble();
  }
  const { address, body, form, late } = submitted;
  clearTimeout(late);
  submitted = null;
  // The token was spent on this; the same button pressed again is a new delivery.
  delete form.dataset.stamped;
  retry(address, body, status);
}

const sendNow = () => {
  tries = 0;
  deliver();
};
addEventListener("online", sendNow);
document.addEventListener("visibilitychange", () => (document.hidden ? flush() : sendNow()));
addEventListener("pagehide", () => {
  flush();
  for (const [address, body] of waiting) {
    if (body !== sending?.body) post(address, body).catch(() => null);
  }
});
addEventListener("beforeunload", (event) => failed.size && event.preventDefault());

// The page follows: the navigator what is answered, flagged and shown, the rest what was swapped in.

function place(number, { answered, flagged }) {
  const link = document.querySelector(`[data-place="${number}"]`);
  if (!link || !answered) return;
  Object.assign(link.dataset, { answered, flagged });
  const words = [answered === "yes" && "answered", flagged === "yes" && "flagged"].filter(Boolean);
  link.querySelector(".place-words").textContent = words.map((word) => `, ${word}`).join("");
}

function settleIn() {
  for (const each of document.querySelectorAll("[data-refrain]")) {
    each.replaceWith(...byId("refrains").content.children[each.dataset.refrain].cloneNode(true).childNodes);
  }
  for (const each of document.querySelectorAll("[name=token]:not([value])")) each.value = random();
  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
  if (byId("clock") !== clock) setClock();
  for (const each of document.querySelectorAll("[data-by-script]")) each.hidden = each.matches("[data-time-say]") && ends === null;
  if (byId("keys-on")) byId("keys-on").checked = keysWork();
  const question = byId("question");
  if (!question?.dataset.number) return;
  place(question.dataset.number, question.dataset);
  for (const link of document.querySelectorAll("[data-place]")) {
    if (link.dataset.place === question.dataset.number) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const form = byId("answer");
  const entered = form && (waiting.get(addressOf(form)) ?? (sending?.address === addressOf(form) && sending.body));
  if (entered) refill(form, entered);
  const errors = byId("errors");
  if (errors) {
    errors.tabIndex = -1;
    errors.focus();
  }
}

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  settleIn();
  // Back and Forward bring a whole page, and nobody has said yet that it is another question.
  if (ctx.target === document.body && !byId("errors")) document.querySelector("#question h1").focus();
});

// The clock counts from what the server said, never by the browser's own time of day.

const SPOKEN = [600, 300, 60, 30];
const GRACE_OVER = 6000; // when the server shows the result, after the deadline
let clock = null;
let ends = null;
let before = Infinity;
let drift = 0;

/** When the server wrote the page, by the counter of the page: between asking for it and its first byte. */
function written() {
  const { requestStart, responseStart } = performance.getEntriesByType("navigation")[0] ?? {};
  return responseStart ? (requestStart + responseStart) / 2 : performance.now();
}

function setClock(at = clock ? performance.now() : written()) {
  clock = byId("clock");
  const left = clock?.dataset.secondsLeft;
  ends = left === undefined ? null : at + Number(left) * 1000;
  drift = Date.now() - performance.now();
  tick();
}

function inWords(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours} h ${String(minutes).padStart(2, "0")} min` : `${minutes} min ${String(rest).padStart(2, "0")} s`;
}

/** Whole seconds, to the nearest; none only when the time really is over. */
function secondsLeft() {
  const left = (ends - performance.now()) / 1000;
  return left > 0 ? Math.max(1, Math.round(left)) : 0;
}

function tick() {
  if (ends === null) return;
  // The counter of the page may stand still while the machine sleeps; the time of day does not.
  if (Math.abs(Date.now() - performance.now() - drift) > 1500) resync();
  const left = secondsLeft();
  const [shown, words] = [document.querySelector(".clock-left"), inWords(left)];
  if (shown.textContent !== words) shown.textContent = words;
  if (SPOKEN.some((limit) => left <= limit && before > limit && before !== Infinity) && left) sayTime();
  if (left <= 1) flush();
  if (left === 0 && before > 0) timeUp();
  before = left;
}

function sayTime() {
  byId("clock-said").textContent = `Time left: ${inWords(secondsLeft())}`;
}

function timeUp() {
  if (!isUnderWay()) return stopClock();
  byId("clock-said").textContent = "Time is up. What was saved counts.";
  setTimeout(refresh, GRACE_OVER);
}

const isUnderWay = () => byId("answer") || byId("time-up");

/** Ask for one part of this page as it stands on the server; null where that cannot be had. */
async function ask(part) {
  const headers = { "HX-Request": "true", "HX-Target": part };
  const reply = await fetch(location.pathname, { headers, signal: AbortSignal.timeout(GIVE_UP) }).catch(() => null);
  return reply?.ok ? read(await reply.text().catch(() => "")).getElementById(part) : null;
}

/** Show the question as it stands on the server, once nothing can be saved any more. */
async function refresh() {
  if (!isUnderWay()) return;
  const question = await ask("question");
  failed.delete("time");
  if (question && !question.querySelector("#time-up")) {
    showTrouble();
    put(question.ownerDocument);
    stopClock();
  } else {
    if (!question) fail("time", LOST_TIME);
    setTimeout(refresh, GRACE_OVER / 2);
  }
}

function stopClock() {
  ends = null;
  clock.hidden = true;
  for (const each of document.querySelectorAll("[data-time-say]")) each.hidden = true;
}

const LOST_TIME = "Time is up, and the server cannot be reached. What was saved counts; leave this page open.";
let asking = false;

/** After sleep the counter of the page may have stood still: ask the server. */
async function resync() {
  if (ends === null || asking || document.hidden) return;
  asking = true;
  const asked = performance.now();
  const fresh = await ask("clock");
  setTimeout(() => (asking = false), fresh ? 0 : 5000);
  if (!fresh) return;
  if (fresh.dataset.secondsLeft === undefined) return refresh();
  clock.dataset.secondsLeft = fresh.dataset.secondsLeft;
  setClock((asked + performance.now()) / 2);
}

document.addEventListener("visibilitychange", resync);
addEventListener("focus", resync);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  resync();
  sendNow();
});

// Keys: digits pick, Enter checks, N and P move, F flags, T says the time, ? shows the list. They can be
// switched off, and leave alone what is typed, held down, or pressed together with another key.

const keysWork = () => shelf((storage) => storage.getItem("keys")) !== "off";

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const dialog = byId("keys");
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return;
  if (!dialog || dialog.open || !keysWork()) return;
  if (target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
  if (key === "?") return dialog.showModal();
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
  if (target.closest("[data-time-say]")) sayTime();
});
document.addEventListener("change", ({ target }) => {
  if (target.id === "keys-on") shelf((storage) => storage.setItem("keys", target.checked ? "on" : "off"));
});

// Moments in the zone of the browser. On every other page times.js does the same; those that load
// this file would need one request too many for it.

const ofDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const inDay = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" };

function retell(time) {
  const told = time.textContent;
  if (!told.endsWith(" UTC") || Intl.DateTimeFormat().resolvedOptions().timeZone === "UTC") return;
  const at = new Date(time.dateTime);
  const isClock = /^\d\d:\d\d:\d\d /.test(told);
  const ofTime = new Intl.DateTimeFormat("en-GB", isClock ? { ...inDay, second: "2-digit" } : inDay);
  time.textContent = isClock ? ofTime.format(at) : `${ofDay.format(at)}, ${ofTime.format(at)}`;
}

const retellAll = () => document.querySelectorAll("body:not([data-zone]) time[datetime]").forEach(retell);
new MutationObserver(retellAll).observe(document.body, { childList: true, subtree: true });
retellAll();

takeUp();
settleIn();
// Four times a second: by one beat a second a rounded time would be wrong by up to a second and a half.
setInterval(tick, 250);
deliver();
