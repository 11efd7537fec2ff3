package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import support.Await;
import support.Browser;
import support.Jdk;
import support.SharedBrowser;
import support.Started;
import support.TraceFormat;

/** make demo, with short pauses: three friends chat, and a page shows how. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

    @RegisterExtension
    static final SharedBrowser BROWSER = new SharedBrowser();

    private static final List<String> FRIENDS = List.of("alice", "bob", "carol");
    private static final Pattern LAST_LINE =
            Pattern.compile("(\\d+) messages were shown; the page: (.*); the trace, for a viewer such as Perfetto: "
                    + "(.*)");

    private Path folder;
    private List<String> lines;
    private Matcher last;

    @BeforeAll
    void run(@TempDir Path into) {
        folder = into;
        try (Started demo = start(folder)) {
            assertEquals(0, demo.awaitExit(), () -> demo.lines() + "" + demo.errors());
            assertEquals(List.of(), demo.errors());
            lines = demo.lines();
        }
        last = LAST_LINE.matcher(lines.get(lines.size() - 1));
        assertTrue(last.matches(), () -> "" + lines);
    }

    private static Started start(Path into) {
        ProcessBuilder builder = new ProcessBuilder(Jdk.java(),
                "-Dpeerchat.jar=" + System.getProperty("peerchat.jar"), "-cp", System.getProperty("peerchat.demo"),
                "demo.Demo", into.toString(), "quick");
        builder.environment().put("COLUMNS", "110");
        return new Started(builder);
    }

    private Path page() {
        return Path.of(last.group(2));
    }

    private int shown() {
        return Integer.parseInt(last.group(1));
    }

    private TraceFormat trace(String friend) {
        return TraceFormat.read(folder.resolve("demo-" + friend + ".json"));
    }

    @Test
    void theConsolesAreShownWhileTheyTalk() {
        assertEquals(folder.resolve("demo.html"), page());
        assertTrue(lines.stream().anyMatch(line -> line.matches(".*alice .*bob .*carol.*")),
                () -> "no heads: " + lines);
        for (String part : List.of("alice: ", "bob: ", "unknown friend", "dave is offline", "closed the connection")) {
            assertTrue(lines.stream().anyMatch(line -> line.contains(part)), () -> part + ": " + lines);
        }
        assertTrue(lines.stream().noneMatch(line -> line.contains("\u001b")), "colours, though this is no terminal");
        assertTrue(shown() >= 8, () -> "" + shown());
    }

    @Test
    void anAnswerStandsBelowItsQuestion() {
        assertTrue(lineWith("bob: what cake?") < lineWith("alice> bob/apple"), () -> "" + lines);
        assertTrue(lineWith("alice: apple") < lineWith("bob> alice/good"), () -> "" + lines);
    }

    private int lineWith(String part) {
        return lines.indexOf(lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow());
    }

    @Test
    void everyMessageThatWasShownIsAnArrow() throws IOException {
        String html = Files.readString(page());
        assertEquals(shown(), count(html, "class=\"event arrow message\""));
        assertTrue(html.contains("<html lang=\"en\" data-messages=\"" + shown() + "\""), html.substring(0, 200));
        assertEquals(shown(), FRIENDS.stream().mapToLong(friend -> trace(friend).events("i", "received").count())
                .sum());
        assertTrue(count(html, "class=\"event arrow connect\"") >= 3, "connects");
        assertTrue(count(html, "class=\"event arrow close\"") >= 3, "closes");
    }

    @Test
    void everyClauseOfTheLoopHappensAndIsNamed() throws IOException {
        String html = Files.readString(page());
        for (String clause : List.of("D3", "D4", "P1", "P2", "P3.1", "P3.2", "P3.3", "P4")) {
            assertTrue(FRIENDS.stream().anyMatch(friend -> trace(friend).hasCategory(clause)),
                    () -> clause + " does not happen");
            assertTrue(html.contains(clause), () -> clause + " is not named");
        }
    }

    @Test
    void eachClauseIsExplainedAndEachPartHasALink() throws IOException {
        String html = Files.readString(page());
        for (String clause : List.of("P1", "P2", "P3", "P4", "D3", "D4")) {
            assertTrue(html.contains("<li><b>" + clause + "</b> "), () -> clause + " is not explained");
        }
        List<String> links = Pattern.compile("href=\"#([^\"]+)\"").matcher(html).results()
                .map(found -> found.group(1)).toList();
        assertEquals(3, links.size());
        links.forEach(link -> assertTrue(html.contains("<h2 id=\"" + link + "\">"), link));
    }

    /** A wait is not drawn as if it were a step. */
    @Test
    void noStepsAreMergedAcrossAWait() throws IOException {
        for (String drawing : Files.readString(page()).split("<svg ")) {
            List<Rect> waits = Rect.all(drawing, "wait");
            for (Rect merged : Rect.all(drawing, "merged")) {
                assertTrue(waits.stream().noneMatch(merged::covers), () -> merged + " covers a wait");
            }
        }
    }

    /** A part of a bar; its lane is the height of the bar's upper edge. */
    private record Rect(double from, double to, int lane) {

        private static final Pattern RECT = Pattern.compile(
                "<rect class=\"step (\\w+)\" x=\"([0-9.]+)\" y=\"([0-9]+)\" width=\"([0-9.]+)\"");
        /** A wait is drawn so much below the upper edge of its bar. */
        private static final int WAIT_TOP = 22;

        static List<Rect> all(String drawing, String kind) {
            return RECT.matcher(drawing).results().filter(found -> found.group(1).equals(kind))
                    .map(found -> new Rect(Double.parseDouble(found.group(2)),
                            Double.parseDouble(found.group(2)) + Double.parseDouble(found.group(4)),
                            Integer.parseInt(found.group(3)) - (kind.equals("wait") ? WAIT_TOP : 0))).toList();
        }

        boolean covers(Rect other) {
            double common = Math.min(to, other.to) - Math.max(from, other.from);
            return lane == other.lane && common > 0.1; // coordinates are rounded
        }
    }

    @Test
    void theTracesAndTheirSumObeyTheFormat() {
        FRIENDS.forEach(friend -> trace(friend).check());
        TraceFormat all = TraceFormat.read(Path.of(last.group(3))).check();
        assertEquals(shown(), all.events("s", "message").count());
        assertEquals(shown(), all.events("f", "message").count());
        assertEquals(3, all.events("M", "process_name").count());
    }

    @Test
    void thePageStandsAloneAndIsSmall() throws IOException {
        String html = Files.readString(page());
        assertFalse(Pattern.compile("(src|href)\\s*=(?!\"#)|@import|url\\((?!#)").matcher(html).find(),
                "it refers to something outside");
        assertTrue(html.length() < 2_000_000, () -> html.length() + " characters");
    }

    @Test
    void nobodyIsLeftRunning() {
        for (String friend : FRIENDS) {
            assertEquals(1, trace(friend).events("i", "left").count(), friend);
            assertTrue(hasEnded(trace(friend)), friend);
        }
    }

    private static boolean hasEnded(TraceFormat trace) {
        long pid = trace.events("M", "process_name").findFirst().orElseThrow().get("pid").getAsLong();
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    @Test
    void interruptedItEndsItsFriendsToo(@TempDir Path other) {
        List<TraceFormat> traces;
        try (Started demo = start(other)) {
            demo.awaitLineWith("alice: "); // all three are there by then
            demo.signal("INT");
            demo.awaitExit();
            traces = FRIENDS.stream().map(friend -> other.resolve("demo-" + friend + ".json")).filter(Files::exists)
                    .map(TraceFormat::readAsFarAsItGoes).toList();
        }
        assertEquals(3, traces.size());
        for (TraceFormat trace : traces) {
            Await.until(() -> hasEnded(trace), () -> "a friend is still running");
        }
    }

    @Test
    void inABrowserItIsReadableWithoutErrors() {
        Browser browser = BROWSER.getOrSkip();
        for (int width : List.of(1280, 1920, 800)) {
            browser.open(page(), width, 720);
            assertEquals("0", browser.evaluate("document.querySelectorAll('svg text').length ? '0' : 'no text'")
                    .getAsString());
            assertNoOverlap(browser, width + " pixels");
        }
        browser.open(page(), 1280, 720);
        List<String> backgrounds = new ArrayList<>();
        for (String scheme : List.of("light", "dark")) {
            browser.show("screen", scheme);
            assertNoOverlap(browser, scheme);
            assertReadable(browser, scheme);
            backgrounds.add(browser.evaluate("getComputedStyle(document.body).backgroundColor").getAsString());
        }
        assertFalse(backgrounds.get(0).equals(backgrounds.get(1)), () -> "the same in the dark: " + backgrounds);
        browser.show("print", "dark");
        assertEquals(backgrounds.get(0), browser.evaluate("getComputedStyle(document.body).backgroundColor")
                .getAsString(),
                "paper is light");
        assertNoOverlap(browser, "print");
        assertEquals("none", browser.evaluate("getComputedStyle(document.getElementById('says')).display")
                .getAsString());
        assertEquals(shown(), browser.evaluate("document.querySelectorAll('svg g.event.arrow.message').length")
                .getAsInt());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void hoveringAndTappingShowTheLineOfTheTrace() {
        Browser browser = BROWSER.getOrSkip();
        browser.open(page(), 1280, 720);
        for (String kind : List.of("g.event.arrow.message", "g.event.arrow.connect", "g.event.arrow.close",
                "g.event.local",
                "rect.step")) {
            assertShown(browser, kind, false);
        }
        assertShown(browser, "g.event.local", true);
        assertEquals(List.of(), browser.complaints());
    }

    /** Puts the pointer on the middle of the first text, or shape, of the second element of that kind. */
    private static void assertShown(Browser browser, String kind, boolean isTap) {
        String element = "document.querySelectorAll('svg " + kind + "')[1]";
        JsonObject at = JsonParser.parseString(browser.evaluate("(() => { const e = " + element
                + ", part = e.querySelector('text') || e;" // an arrow that took long is higher than the window
                + " part.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const r = part.getBoundingClientRect();"
                + " return JSON.stringify({x: r.x + r.width / 2, y: r.y + r.height / 2, says: e.dataset.says}); })()")
                .getAsString()).getAsJsonObject();
        String says = at.get("says").getAsString();
        assertFalse(says.isBlank(), kind);
        browser.hover(1, 1);
        if (isTap) {
            browser.tap(at.get("x").getAsDouble(), at.get("y").getAsDouble());
        } else {
            browser.hover(at.get("x").getAsDouble(), at.get("y").getAsDouble());
        }
        Await.until(() -> normal(browser.evaluate("document.getElementById('says').textContent").getAsString())
                .contains(normal(says)),
                () -> kind + ": \"" + says + "\" is not shown, but "
                        + browser.evaluate("document.getElementById('says').textContent"));
    }

    private static String normal(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** No two texts of a drawing lie on each other, and none is cut off by the drawing's edge. */
    private static void assertNoOverlap(Browser browser, String where) {
        JsonElement found = browser.evaluate("(() => { const found = [];"
                + " for (const svg of document.querySelectorAll('svg')) {"
                + "  const s = svg.getBoundingClientRect();"
                + "  const all = [...svg.querySelectorAll('text')]"
                + "   .map(t => ({t: t.textContent, r: t.getBoundingClientRect()}))"
                + "   .filter(b => b.r.width > 0);"
                + "  for (const b of all) if (b.r.left < s.left - 1 || b.r.right > s.right + 1 || b.r.top < s.top - 1"
                + "   || b.r.bottom > s.bottom + 1) found.push('cut off: ' + b.t);"
                + "  for (let i = 0; i < all.length; i++) for (let j = 0; j < i; j++) {"
                + "   const a = all[i].r, b = all[j].r;"
                + "   if (a.left < b.right - 0.5 && b.left < a.right - 0.5"
                + "     && a.top < b.bottom - 1.5 && b.top < a.bottom - 1.5)"
                + "    found.push(all[i].t + ' / ' + all[j].t); } }"
                + " if (document.documentElement.scrollWidth > innerWidth + 1) found.push('wider than the window');"
                + " return found; })()");
        assertEquals(new JsonArray(), found, where);
    }

    /** Text is large enough for a projector, and stands out from the ground. */
    private static void assertReadable(Browser browser, String where) {
        JsonElement found = browser.evaluate("(() => { const light = c => { const v = c.match(/[0-9.]+/g).slice(0, 3)"
                + "  .map(x => x / 255).map(x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);"
                + "  return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };"
                + " const ground = light(getComputedStyle(document.body).backgroundColor); const found = [];"
                + " for (const t of document.querySelectorAll('svg text, p, td, th, h1, h2')) {"
                + "  const style = getComputedStyle(t); const svg = t.closest('svg');"
                + "  const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;"
                + "  const size = parseFloat(style.fontSize) * scale;"
                + "  if (size < 11.9) found.push(size + ' px: ' + t.textContent);"
                + "  const ink = light(svg ? style.fill : style.color);"
                + "  const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);"
                + "  if (contrast < 4.5 && !t.classList.contains('on-bar'))"
                + "   found.push(contrast.toFixed(1) + ': ' + t.textContent); }"
                + " return found; })()");
        assertEquals(new JsonArray(), found, where);
    }

    private static long count(String text, String part) {
        return Stream.iterate(text.indexOf(part), at -> at >= 0, at -> text.indexOf(part, at + 1)).count();
    }
}
