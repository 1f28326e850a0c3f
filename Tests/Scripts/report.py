#!/usr/bin/env python3
"""Open chaff's evaluation report in a real browser, from disk, and use it: report.py CHAFF DATA [--screenshots FOLDER]

Three reports: of DATA, and of 10,000 pages whose texts, names and labels try to be markup, to turn the writing round and to break out
of quotes, once with the pages that are shown unless more are asked for, and once with all 10,000. Each must load without a message on the console and without a request, have its parts, open its pages by mouse and
keyboard, be readable (WCAG AA contrast, light and dark, measured on every text), fit a narrow window and print. Installs Debian's
chromium and Python's selenium where they are missing.
"""
import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def install():
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        subprocess.run("apt-get update -q && apt-get install -y -q chromium chromium-driver", shell=True, check=True)
    try:
        import selenium  # noqa: F401
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "selenium"], check=True)


HOSTILE_TEXTS = [
    "<script>document.title='owned';alert(1)</script>", "</table></section></main><h1 id=owned>owned</h1>",
    "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "<!-- --><style>*{display:none}</style>",
    "]]></svg><script>alert(2)</script>", "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;", "\u202eturned round\u202c \u2066isolated",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 123", "\x01\x02\x1b[31mred\x7f", "javascript:alert(1)",
    "x" * 5000, "\u200f\u200e\u061c", "\ufeffmark \U0001f600 \U000e0001", "Z\u0310\u0311\u0312" * 200,
    "https://evil.example/<svg onload=alert(1)>", "{{7*7}} ${7*7}", "\\u003cscript\\u003e",
]
HOSTILE_LABELS = ["content/body", "navigation/menu", "registration/paywall", "a\"><script>alert(3)</script>/b", "x'&<i>y/z"]


def hostile_corpus(path, pages=10_000):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for page in range(pages):
            file.write(f"# {HOSTILE_TEXTS[page % len(HOSTILE_TEXTS)][:80]} site \"'><script>{page % 7000}\n")
            for line in range(2 + page % 3):
                label = HOSTILE_LABELS[(page * 7 + line) % len(HOSTILE_LABELS)]
                file.write(f"{label}\t{HOSTILE_TEXTS[(page + line * 5) % len(HOSTILE_TEXTS)]} {page}\n")
            file.write("\n")


CONTRAST = """
const channel = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const known = new Map();
const parse = text => {
  if (!known.has(text)) {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = '#000'; canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; known.set(text, [r, g, b, a / 255]);
  }
  return known.get(text);
};
const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
const ground = element => {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
};
const worst = [];
let count = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.checkVisibility() || ['TITLE', 'DESC', 'title', 'desc'].includes(element.tagName)) continue;
  const style = getComputedStyle(element);
  const back = ground(element);
  const ink = over(parse(element.namespaceURI.endsWith('svg') ? style.fill : style.color), back);
  const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  count += 1;
  if (ratio < 4.5) worst.push(ratio.toFixed(2) + ' ' + element.tagName + ' ' + walker.currentNode.data.trim().slice(0, 40));
}
return {count, worst: worst.slice(0, 10)};
"""


class Browser:
    def __init__(self, screenshots):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,1000",
                     "--force-prefers-reduced-motion"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.driver.set_page_load_timeout(300)
        self.driver.set_script_timeout(300)
        self.screenshots = screenshots

    def open(self, path):
        self.driver.get_log("performance"), self.driver.get_log("browser")
        self.path = Path(path).resolve()
        self.driver.get(self.path.as_uri())

    def scheme(self, value):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": value}]})

    def shoot(self, name, selector=None):
        if self.screenshots:
            if selector:
                self.run("document.querySelector(arguments[0]).scrollIntoView({behavior: 'instant'})", selector)
            self.driver.save_screenshot(str(self.screenshots / f"{name}.png"))

    def run(self, script, *values):
        return self.driver.execute_script(script, *values)

    def requests(self):
        """The addresses that were asked for since the page was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]


def check(condition, what):
    if not condition:
        sys.exit(f"report: {what}")


def quiet(browser):
    complaints = [entry["message"] for entry in browser.driver.get_log("browser")]
    check(not complaints, f"the console says {complaints}")
    asked = {re.sub("#.*", "", url) for url in browser.requests()}
    check(asked <= {browser.path.as_uri()}, f"the report asks for {asked}")


def parts(browser, pages):
    for section in ("figures", "confusions", "curves", "calibration", "cleaning", "errors", "pages"):
        check(browser.run("return document.getElementById(arguments[0]).offsetHeight > 0", section), f"no section {section}")
    count = browser.run("return document.querySelectorAll('.cards dd').length")
    check(count == 5, f"{count} headline figures")
    check(browser.run("return document.querySelectorAll('#confusion-matrix td a').length > 0"), "no confusion leads anywhere")
    check(browser.run("return document.querySelectorAll('figure svg[role=img] path.line').length > 2"), "no curves")
    check(browser.run("return [...document.querySelectorAll('svg[role=img]')].every(s => s.getAttribute('aria-labelledby').split(' ')"
                      ".every(i => document.getElementById(i)?.textContent))"), "a drawing without a name")
    found = browser.run("return document.querySelectorAll('details.page').length")
    check(found == pages, f"{found} pages, not {pages}")
    check(browser.run("return document.querySelectorAll('details.page svg path').length >= arguments[0]", pages), "a page without a map")
    doubles = browser.run("const seen = new Set(), twice = []; for (const e of document.querySelectorAll('[id]'))"
                          " seen.has(e.id) ? twice.push(e.id) : seen.add(e.id); return twice")
    check(not doubles, f"names twice: {doubles}")
    dead = browser.run("return [...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById("
                       "decodeURIComponent(a.hash.slice(1)))).map(a => a.hash)")
    check(not dead, f"links to nowhere: {dead}")
    strange = browser.run("return [...new Set([...document.querySelectorAll('*')].map(e => e.localName))].filter(n => "
                          "['script','img','iframe','object','embed','form','input','link','base','i','b'].includes(n))")
    check(not strange, f"elements that should not be: {strange}")
    check(browser.run("return document.querySelectorAll('style').length == 1 && !document.getElementById('owned')"), "broken out")
    check(browser.run("return [...document.querySelectorAll('*')].every(e => e.getAttributeNames().every(n => !n.startsWith('on')))"),
          "an attribute that runs")
    check(not browser.run(r"return /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(document.documentElement.outerHTML)"),
          "a bidirectional control")


def use(browser):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    driver = browser.driver
    link = driver.find_element(By.CSS_SELECTOR, "#confusion-matrix td a")
    target = link.get_attribute("href").split("#")[1]
    browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", link)
    link.click()
    check(browser.run("const r = document.getElementById(arguments[0]).getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0",
                      target), "a confusion does not lead to its lines")
    check(browser.run("return document.querySelectorAll('#' + CSS.escape(arguments[0]) + ' li').length > 0", target), "no worst lines")
    # By mouse.
    page = driver.find_element(By.CSS_SELECTOR, "details.page summary")
    browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", page)
    page.click()
    check(browser.run("return document.querySelector('details.page').open && document.querySelector('details.page td.text').offsetHeight > 0"),
          "a page does not open")
    # By keyboard: from the next summary, the key Enter opens.
    second = driver.find_elements(By.CSS_SELECTOR, "details.page summary")[1]
    browser.run("arguments[0].focus()", second)
    ActionChains(driver).send_keys(Keys.ENTER).perform()
    check(browser.run("return document.querySelectorAll('details.page')[1].open"), "a page does not open by keyboard")
    # The first stop of the tabulator leads past the navigation, and is seen when it is reached.
    browser.run("window.scrollTo({top: 0, behavior: 'instant'}); document.activeElement.blur(); getSelection().removeAllRanges()")
    driver.get(browser.path.as_uri())
    ActionChains(driver).send_keys(Keys.TAB).perform()
    check(browser.run("return document.activeElement.className == 'skip' && document.activeElement.getBoundingClientRect().left >= 0"),
          "no way past the navigation by keyboard")
    stops = browser.run("return document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
    check(stops > 10, f"{stops} stops of the tabulator")


def look(browser, name):
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        browser.run("document.querySelectorAll('details.figures').forEach(d => d.open = true);"
                    "[...document.querySelectorAll('details.page')].slice(0, 3).forEach(d => d.open = true)")
        found = browser.run(CONTRAST)
        check(not found["worst"], f"{scheme}: too little contrast: {found['worst']}")
        print(f"  {name}, {scheme}: {found['count']} texts have a contrast of at least 4.5")
        for section in ("figures", "curves", "calibration", "cleaning", "errors", "pages"):
            browser.shoot(f"{name}-{scheme}-{section}", f"#{section}")
    browser.scheme("light")
    browser.driver.set_window_size(500, 900)
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                   {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False})
    wide = browser.run("return document.documentElement.scrollWidth")
    check(wide <= 360, f"{wide} wide in a window of 360")
    browser.shoot(f"{name}-narrow", "h1")
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.driver.set_window_size(1200, 1000)
    browser.scheme("dark")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    check(browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", "it prints on black")
    # A4 less its margins.
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                   {"width": 718, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
    wide = browser.run("return [...document.querySelectorAll('.scroll')].filter(e => e.checkVisibility() && e.scrollWidth > 720).map("
                       "e => e.getAttribute('aria-label'))")
    check(name != "report" or not wide, f"too wide for paper: {wide}")
    browser.shoot(f"{name}-print", "#curves")
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    pdf = base64.b64decode(browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    check(pdf.startswith(b"%PDF"), "it does not print")
    if browser.screenshots:
        (browser.screenshots / f"{name}.pdf").write_bytes(pdf)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chaff")
    parser.add_argument("data")
    parser.add_argument("--screenshots", type=Path)
    options = parser.parse_args()
    install()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        hostile = os.path.join(folder, "a'b\"<c>&.tsv")
        hostile_corpus(hostile)
        browser = Browser(options.screenshots)
        try:
            for name, data, shown in (("report", options.data, 200), ("hostile", hostile, 200), ("hostile-all", hostile, 10_000)):
                report = Path(folder) / f"{name}.html"
                more = ["--report-pages", str(shown)] if shown != 200 else []
                subprocess.run([options.chaff, "evaluate", data, "--errors", "20", "--report", report, *more], check=True,
                               stdout=subprocess.DEVNULL)
                figures = json.loads(subprocess.run([options.chaff, "evaluate", data, "--json"], check=True, capture_output=True).stdout)
                browser.open(report)
                parts(browser, min(shown, figures["pages"]))
                use(browser)
                # Looks are those of the rules, whatever the number of pages; measuring them on all 10,000 takes a quarter of an hour.
                if shown == 200:
                    look(browser, name)
                else:
                    browser.shoot(name, "#pages")
                quiet(browser)
                print(f"  {name}: {figures['pages']} pages, {report.stat().st_size:,} bytes, no message, no request")
        finally:
            browser.driver.quit()
    print("the report loads, is used and is read in Chromium")


if __name__ == "__main__":
    main()
