package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import grader.report.HtmlReport;
import grader.report.Tried;
import grader.verdict.Case;
import grader.verdict.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import support.Browser;
import support.SharedBrowser;

/** The page for the student, as it is written and as a browser shows it. */
class HtmlReportTest {

    @RegisterExtension
    static final SharedBrowser BROWSER = new SharedBrowser();

    private static final List<Integer> WIDTHS = List.of(800, 1280, 1920);
    private static final List<Integer> TELEPHONES = List.of(360, 420);
    /** Pixels, padding included. */
    private static final int TITLE_WIDTH = 120;
    private static final Pattern OUTSIDE_OR_SCRIPT =
            Pattern.compile("<(script|img|link|iframe|object)|<[^>]* (src|on\\w+)\\s*=|@import|url\\(");

    private static final String COMMAND_LINE = "make -C ../peerchat grade DIR=\"$PWD\" CMD='./peer {port} {table}' "
            + "TIMEOUT=5";

    private final String mixed = page(MadeUpReports.mixed());
    private final String hostile = HtmlReport.page(MadeUpReports.hostile(),
            COMMAND_LINE + MadeUpReports.SCRIPT + MadeUpReports.LONG);

    private static String page(Report report) {
        return HtmlReport.page(report, COMMAND_LINE);
    }

    @Test
    void everyCaseHasARowAndASection() {
        for (Case one : Case.values()) {
            assertEquals(1, count(mixed, "<th scope=\"row\"><a href=\"#case-" + one.number() + "\">"), one.number());
            assertEquals(1, count(mixed, "id=\"case-" + one.number() + "\""), one.number());
        }
        assertTrue(mixed.contains("<title>bob: " + MadeUpReports.scoreOfMixed() + " points</title>"));
        assertTrue(mixed.contains("not counted: R7"));
        assertEquals(1, count(mixed, "It needs <a href=\"#case-P3.2.2\">P3.2.2</a>"));
    }

    @Test
    void theConsolesOfFailedCasesAreUnfolded() {
        assertEquals(3, count(mixed, "<details open>"));
        assertEquals(Case.values().length - 6, count(mixed, "<details>"),
                "all that passed, but one that has no console");
    }

    @Test
    void aFailedCaseTellsHowItIsTriedAndTheCommandThatShowsItAgain() {
        for (Case one : List.of(Case.SHOWN_WHILE_TYPING, Case.REUSES, Case.INTERRUPT)) {
            String section = section(mixed, one).replace("&#39;", "'").replace("&quot;", "\"");
            assertTrue(section.contains("</span> " + Tried.words(one) + "</p>"), section);
            assertTrue(section.contains("<code><bdi>" + COMMAND_LINE + " CLAUSE=" + one.number() + "</bdi></code>"),
                    section);
        }
        assertEquals(3, count(mixed, "how it is tried:"));
        assertEquals(3, count(mixed, "to try it in your own folder, with the grader of your course in ../peerchat:"));
    }

    private static String section(String page, Case what) {
        String start = page.substring(page.indexOf("id=\"case-" + what.number() + "\""));
        return start.substring(0, start.indexOf("</section>"));
    }

    @Test
    void whatToLookAtFirstIsWhatNeedsNothingElse() {
        assertEquals(List.of("D4.1 a message is shown while a line is half typed",
                "P3.2.2 the second message uses the client socket of the first; therefore not graded: P4.1",
                "R8 Ctrl-C leaves no process behind"), firstCauses(mixed));
        String numbers = Arrays.stream(Case.values()).filter(one -> one.ordinal() > Case.SHOWS_MESSAGE.ordinal()
                && one.points() > 0 && one != Case.PORT_AGAIN && one != Case.INTERRUPT).map(Case::number)
                .collect(Collectors.joining(", "));
        String page = page(MadeUpReports.withoutTable());
        assertEquals(List.of("U1.1 it finds a friend by the table beside it; therefore not graded: " + numbers,
                "R1 started again at once, it gets its port"), firstCauses(page));
        assertTrue(page.contains("not graded: <a href=\"#case-P3.3.2\">P3.3.2</a>, "));
        assertFalse(page(MadeUpReports.good()).contains("look here first"));
    }

    private static List<String> firstCauses(String page) {
        String list = page.substring(page.indexOf("<ol class=\"failed-cases\">"), page.indexOf("</ol>"));
        return list.lines().filter(line -> line.startsWith("<li>")).map(line -> line.replaceAll("<[^>]*>", ""))
                .toList();
    }

    @Test
    void itStandsAloneWithoutScripts() {
        for (String page : List.of(mixed, hostile, page(MadeUpReports.unbuilt()))) {
            assertFalse(OUTSIDE_OR_SCRIPT.matcher(page).find());
            assertFalse(Pattern.compile("<[^>]* href=\"(?!#case-)").matcher(page).find(), "it leads outside");
        }
    }

    @Test
    void headingsAreInOrder() {
        Matcher heading = Pattern.compile("<h([1-6])").matcher(mixed);
        int before = 0;
        while (heading.find()) {
            int level = Integer.parseInt(heading.group(1));
            assertTrue(level <= before + 1, before + " is followed by " + level);
            before = level;
        }
        assertEquals(1, count(mixed, "<h1>"));
    }

    @Test
    void inABrowserItIsReadable(@TempDir Path folder) throws IOException {
        Browser browser = BROWSER.getOrSkip();
        for (String text : List.of(mixed, hostile, page(MadeUpReports.unbuilt()))) {
            Path page = Files.writeString(folder.resolve("report.html"), text, StandardCharsets.UTF_8);
            browser.show("screen", "light");
            for (int width : WIDTHS) {
                browser.open(page, width, 720);
                assertNotWider(browser, width + " pixels");
                unfoldAll(browser);
                assertNotWider(browser, width + " pixels, unfolded");
            }
            String light = assertReadable(browser, "screen", "light");
            assertNotEquals(light, assertReadable(browser, "screen", "dark"), "the same in the dark");
            assertEquals(light, assertReadable(browser, "print", "dark"), "paper is light");
            assertNotWider(browser, "print");
        }
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void onATelephoneItIsReadable(@TempDir Path folder) throws IOException {
        Browser browser = BROWSER.getOrSkip();
        for (String text : List.of(mixed, hostile, page(MadeUpReports.unbuilt()))) {
            Path page = Files.writeString(folder.resolve("report.html"), text, StandardCharsets.UTF_8);
            for (int width : TELEPHONES) {
                browser.open(page, width, 900);
                unfoldAll(browser);
                assertNotWider(browser, width + " pixels");
                int titles = browser.evaluate("Math.min(...[...document.querySelectorAll("
                        + "'.cases td:nth-child(2)')].map(one => one.clientWidth))").getAsInt();
                assertTrue(titles >= TITLE_WIDTH, titles + " of " + width + " pixels for a title");
            }
        }
        assertReadable(browser, "screen", "light");
    }

    @Test
    void inABrowserHostileTextIsOnlyText(@TempDir Path folder) throws IOException {
        Browser browser = BROWSER.getOrSkip();
        browser.open(Files.writeString(folder.resolve("report.html"), hostile, StandardCharsets.UTF_8), 1280, 720);
        assertEquals("0", browser.evaluate("document.querySelectorAll('script, img, b').length").getAsString());
        assertEquals(Case.values().length,
                browser.evaluate("document.querySelectorAll('main > section').length").getAsInt());
        assertTrue(browser.evaluate("document.title").getAsString()
                .startsWith("=cmd|'/c calc',\"<b>\\x1b[2J\\x0a"));
        String all = String.join("\n", MadeUpReports.SCRIPT, MadeUpReports.ENDS, MadeUpReports.EMOJI,
                MadeUpReports.RIGHT_TO_LEFT, MadeUpReports.CONTROLS_VISIBLE, MadeUpReports.LONG);
        assertEquals(all, browser.evaluate(first(Case.UTF_8, "dd") + ".textContent").getAsString());
        String lines = browser.evaluate("[..." + first(Case.UTF_8, "tbody") + ".querySelectorAll('td:last-child')]"
                + ".map(cell => cell.textContent).join('\\n')").getAsString();
        assertEquals(all + "\nalice/" + MadeUpReports.SCRIPT + "\n" + MadeUpReports.LONG, lines);
    }

    /** Printed is what failed: its consoles, but not the folded ones of what passed. */
    @Test
    void inABrowserFailuresArePrintedWithTheirConsoles(@TempDir Path folder) throws IOException {
        Browser browser = BROWSER.getOrSkip();
        browser.open(Files.writeString(folder.resolve("report.html"), mixed, StandardCharsets.UTF_8), 800, 720);
        browser.show("print", "light");
        assertTrue(browser.evaluate(first(Case.INTERRUPT, ".console") + ".checkVisibility()").getAsBoolean());
        assertFalse(browser.evaluate(first(Case.GARBAGE, ".console") + ".checkVisibility()").getAsBoolean());
    }

    /** The first such element in the section of a case. */
    private static String first(Case what, String selector) {
        return "document.getElementById('case-" + what.number() + "').querySelector('" + selector + "')";
    }

    private static void unfoldAll(Browser browser) {
        browser.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
    }

    private static void assertNotWider(Browser browser, String where) {
        assertEquals(0, browser.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)").getAsInt(),
                where);
        assertEquals(new JsonArray(), browser.evaluate("[...document.querySelectorAll('main *')].filter(one => "
                + "one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 1)"
                + ".map(one => one.outerHTML)"), where);
    }

    /** Every text is large enough, and stands out from the ground behind it. @return the ground of the page */
    private static String assertReadable(Browser browser, String media, String scheme) {
        browser.show(media, scheme);
        assertEquals(new JsonArray(), browser.evaluate("""
                (() => {
                    const light = colour => { const v = colour.match(/[0-9.]+/g).slice(0, 3).map(x => x / 255)
                        .map(x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
                        return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
                    const ground = one => { const colour = getComputedStyle(one).backgroundColor;
                        return colour.startsWith('rgba') ? ground(one.parentElement) : colour; };
                    const texts = [...document.querySelectorAll('main *')].filter(one => one.checkVisibility()
                        && [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
                    const found = texts.length < 100 ? ['only ' + texts.length + ' texts'] : [];
                    for (const one of texts) {
                        const style = getComputedStyle(one);
                        const lights = [light(style.color), light(ground(one))].sort((a, b) => b - a);
                        const contrast = (lights[0] + 0.05) / (lights[1] + 0.05);
                        if (contrast < 4.5) found.push(contrast.toFixed(1) + ': ' + one.outerHTML);
                        if (parseFloat(style.fontSize) < 12) found.push(style.fontSize + ': ' + one.outerHTML);
                    }
                    return found;
                })()"""), media + ", " + scheme);
        return browser.evaluate("getComputedStyle(document.body).backgroundColor").getAsString();
    }

    private static long count(String text, String part) {
        return Arrays.stream(text.split(Pattern.quote(part), -1)).count() - 1;
    }
}
