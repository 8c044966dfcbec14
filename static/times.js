// Tells every moment of a page in the zone of the browser. Without scripts it stays in UTC, and says so.

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const TIME = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat("en-GB", TIME);
const LONG = new Intl.DateTimeFormat("en-GB", { ...TIME, second: "2-digit" });

function retell(element) {
  const told = element.textContent;
  if (!told.endsWith(" UTC")) return;
  const at = new Date(element.dateTime);
  element.textContent = /^\d\d:\d\d:\d\d /.test(told) ? LONG.format(at) : `${DAY.format(at)}, ${SHORT.format(at)}`;
  element.title = told;
}

const retellAll = () => document.querySelectorAll("time[datetime]").forEach(retell);

// Told in UTC they read as they are.
if (ZONE && ZONE !== "UTC") {
  // Parts of a page that are swapped in tell theirs in UTC again.
  new MutationObserver(retellAll).observe(document.body, { childList: true, subtree: true });
  retellAll();
}
