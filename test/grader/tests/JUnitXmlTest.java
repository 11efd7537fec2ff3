package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.report.JUnitXml;
import grader.report.PlainText;
import grader.verdict.Case;
import grader.verdict.Report;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** junit.xml, as a parser sees it. */
class JUnitXmlTest {

    private static Element parse(Report report) throws Exception {
        byte[] bytes = JUnitXml.xml(report).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes))
                .getDocumentElement();
    }

    private static List<Element> all(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    private static Element testcase(Element root, Case what) {
        return all(root, "testcase").stream().filter(test -> test.getAttribute("name").startsWith(what.number() + " "))
                .findFirst().orElseThrow();
    }

    @Test
    void theSuiteCounts() throws Exception {
        Element root = parse(MadeUpReports.mixed());
        assertEquals("testsuites", root.getTagName());
        Element suite = all(root, "testsuite").get(0);
        assertEquals("bob", suite.getAttribute("name"));
        assertEquals(Case.values().length + "", suite.getAttribute("tests"));
        assertEquals("3", suite.getAttribute("failures"));
        assertEquals("0", suite.getAttribute("errors"));
        assertEquals("2", suite.getAttribute("skipped"));
        assertEquals("252.600", suite.getAttribute("time"));
        assertEquals("2026-03-05T10:20:30", suite.getAttribute("timestamp"));
        assertEquals(Case.values().length, all(suite, "testcase").size());
        assertEquals(3, all(suite, "failure").size());
        assertEquals(2, all(suite, "skipped").size());
    }

    @Test
    void aCaseStandsUnderItsClause() throws Exception {
        Element passed = testcase(parse(MadeUpReports.mixed()), Case.NO_EARLY_CONNECTION);
        assertEquals("P3.2", passed.getAttribute("classname"));
        assertEquals("P3.2.1 no connection before the first message", passed.getAttribute("name"));
        assertEquals("1.234", passed.getAttribute("time"));
        assertEquals("R", testcase(parse(MadeUpReports.mixed()), Case.IDLE_CPU).getAttribute("classname"));
    }

    @Test
    void failuresAndSkippedSayWhy() throws Exception {
        Element root = parse(MadeUpReports.mixed());
        Element failure = all(testcase(root, Case.SHOWN_WHILE_TYPING), "failure").get(0);
        assertEquals("expected: the console of bob shows \"are you there?\" within 2 s, while \"alice/I am w\" is "
                + "typed and Enter is not; seen: it was shown after 6.1 s, when Enter had been typed: alice/I am "
                + "writing carol: are you there?",
                failure.getAttribute("message"));
        assertEquals("failed", failure.getAttribute("type"));
        assertTrue(failure.getTextContent().endsWith("typed:\n    alice/I am writing\n    carol: are you there?"),
                failure.getTextContent());
        assertEquals("the machine was too busy: its load was 17.2",
                all(testcase(root, Case.IDLE_CPU), "skipped").get(0).getAttribute("message"));
    }

    @Test
    void theConsolesAreTheOutput() throws Exception {
        Element root = parse(MadeUpReports.mixed());
        String output = all(testcase(root, Case.REUSES), "system-out").get(0).getTextContent();
        assertTrue(output.contains("console of bob: ./peer 5001\n    0.06   listening on 5001\n"), output);
        assertEquals(0, all(testcase(root, Case.BUILDS), "system-out").size());
    }

    @Test
    void hostileTextComesThroughVisibly() throws Exception {
        Element root = parse(MadeUpReports.hostile());
        Element testcase = testcase(root, Case.UTF_8);
        String all = String.join("\n", MadeUpReports.SCRIPT, MadeUpReports.ENDS, MadeUpReports.EMOJI,
                MadeUpReports.RIGHT_TO_LEFT, MadeUpReports.CONTROLS_VISIBLE, MadeUpReports.LONG);
        Element failure = all(testcase, "failure").get(0);
        assertEquals("expected: " + all + "\nseen: " + all, failure.getTextContent());
        assertEquals(300, PlainText.length(failure.getAttribute("message")));
        assertTrue(failure.getAttribute("message").startsWith("expected: " + MadeUpReports.SCRIPT + " ]]> --> "),
                failure.getAttribute("message"));
        assertTrue(all(testcase, "system-out").get(0).getTextContent().contains("   12.35 * " + MadeUpReports.LONG));
        assertEquals("=cmd|'/c calc',\"<b>\\x1b[2J " + MadeUpReports.RIGHT_TO_LEFT, root.getAttribute("name"));
    }

    @Test
    void withoutResultsItIsStillXml() throws Exception {
        Element suite = all(parse(MadeUpReports.withoutResults()), "testsuite").get(0);
        assertEquals("0", suite.getAttribute("tests"));
    }
}
