// Offers the zone of this browser to whoever chooses a time zone; nothing is saved by itself.

const offer = document.getElementById("zone-offer");
const select = document.getElementById("id_time_zone");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (select.value !== zone && [...select.options].some((option) => option.value === zone)) {
  const button = offer.querySelector("button");
  button.textContent = `Choose ${zone}, the zone of this browser`;
  button.addEventListener("click", () => {
    select.value = zone;
    offer.hidden = true;
    select.focus();
  });
  offer.hidden = false;
}
