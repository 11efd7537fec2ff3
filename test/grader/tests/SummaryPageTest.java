package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.report.SummaryPage;
import grader.report.Ungraded;
import grader.verdict.Case;
import grader.verdict.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Browser;

/** The table of all submissions, as it is written and as a browser shows it. */
class SummaryPageTest {

    private static final List<Report> CLASS = List.of(MadeUpReports.unbuilt(), MadeUpReports.mixed(),
            MadeUpReports.good(), MadeUpReports.hostile(), MadeUpReports.withoutTable(),
            MadeUpReports.withoutResults());
    private static final List<Ungraded> UNGRADED =
            List.of(new Ungraded(MadeUpReports.SCRIPT, MadeUpReports.ENDS), new Ungraded("zoe", "no CMD"));

    private final String page = SummaryPage.page(CLASS, UNGRADED, "");

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
    }

    private static List<String> groups(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** As XML, once the elements that HTML never closes are closed. */
    @Test
    void itIsWellFormedWhateverNamesAre() throws Exception {
        String xml = page.replaceAll("<!DOCTYPE html>\n|<style>(?s:.*?)</style>", "").replaceAll("<meta [^>]*>", "");
        assertEquals("html", DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).getDocumentElement()
                .getTagName());
        assertEquals(List.of(), all("<(script|img|link|iframe|object|b>)|<[^>]* (src|on\\w+)\\s*=|@import|url\\(",
                page));
        assertTrue(page.contains("&lt;script&gt;document.title"), "it is text");
    }

    @Test
    void theBestComeFirstWithLinksToTheirPages() {
        List<String> links = groups("<a href=\"([^\"]*)\"", page);
        assertEquals(CLASS.size(), links.size());
        assertEquals("./alice/report.html", links.get(0));
        assertTrue(links.stream().allMatch(link -> link.startsWith("./") && link.endsWith("/report.html")
                && !link.matches(".*[\\s\"'<>].*")), () -> "" + links);
        assertEquals("./a%23b%3Fc%25/report.html", groups("<a href=\"([^\"]*)\"",
                SummaryPage.page(List.of(MadeUpReports.named("a#b?c%")), List.of(), "")).get(0));
        assertTrue(page.indexOf(">alice<") < page.indexOf(">erin<"));
        assertTrue(page.indexOf(">erin<") < page.indexOf(">carol<"));
    }

    @Test
    void everyClauseIsAColumn() {
        List<String> clauses = List.of("U1", "U3", "U4", "D1", "D3", "D4", "P1", "P2", "P3.1", "P3.2", "P3.3", "P4",
                "R");
        assertEquals(clauses, groups("<th scope=\"col\" title=\"[^\"]*\">([^<]*)</th>", page));
        String bob = page.substring(page.indexOf(">bob<"), page.indexOf("</tr>", page.indexOf(">bob<")));
        assertEquals(clauses, groups("data-clause=\"([^\"]*)\"", bob));
        assertTrue(bob.contains("data-clause=\"D4\" class=\"partly\">4/8<"), bob);
        assertTrue(bob.contains("data-clause=\"P4\" class=\"partly\">3/7<"), bob);
        int robustness = Arrays.stream(Case.values()).filter(Case::isRobustness).mapToInt(Case::points).sum()
                - Case.IDLE_CPU.points();
        assertTrue(bob.contains(">" + (robustness - Case.INTERRUPT.points()) + "/" + robustness + "<"), bob);
        String dave = page.substring(page.indexOf(">dave<"));
        assertTrue(dave.contains("data-clause=\"D4\" class=\"not-graded\">-<"), dave);
    }

    @Test
    void theHistogramCounts() {
        assertEquals(List.of("2", "0", "0", "0", "0", "0", "0", "0", "1", "2"),
                groups("<li><span>(\\d+)</span>", page), "without the one of whom nothing was asked");
        assertEquals(List.of("120px", "0px", "0px", "0px", "0px", "0px", "0px", "0px", "60px", "120px"),
                groups("height:(\\d+px)\"", page));
        assertEquals("90–100", groups("class=\"range\">([^<]*)<", page).get(9));
    }

    @Test
    void thoseWithoutAReportAreNamedWithTheReason() {
        assertTrue(page.contains("<title>6 of 8 submissions graded</title>"));
        assertTrue(page.contains("<dt><bdi>zoe</bdi></dt><dd><bdi>no CMD</bdi></dd>"));
        String none = SummaryPage.page(List.of(), UNGRADED, "");
        assertFalse(none.contains("<table"));
        assertFalse(SummaryPage.page(CLASS, List.of(), "").contains("Not graded"));
    }

    @Test
    void inABrowserItIsReadableOnEveryScreen(@TempDir Path folder) throws IOException {
        try (Browser browser = Browser.startOrSkip()) {
            Path file = Files.writeString(folder.resolve("summary.html"), page, StandardCharsets.UTF_8);
            for (int width : List.of(360, 800, 1280)) {
                browser.open(file, width, 800);
                assertEquals(0, browser.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
                        .getAsInt(), width + " pixels");
            }
            assertEquals(List.of(), browser.complaints());
        }
    }
}
