"""What a browser says of itself, in words that somebody recognises."""

# The first that is found counts: most browsers also name those that they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def device(user_agent):
    """A browser and its system, such as "Firefox on Windows"; what is not known stays as it is written."""
    browser = named(user_agent, BROWSERS)
    if not browser:
        return user_agent[:120]
    system = named(user_agent, SYSTEMS)
    return f"{browser} on {system}" if system else browser


def named(user_agent, known):
    return next((name for sign, name in known if sign in user_agent), "")
