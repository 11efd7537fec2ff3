package grader.report;

import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report as CI systems read it: the XML of JUnit, with a clause where they expect a class. */
public final class JUnitXml {

    /** UTC without saying so: the format allows no time zone. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MESSAGE_LENGTH = 300;

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static String xml(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitXml(writer).write(report);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // nothing is written but to memory
        }
        return text + "\n";
    }

    private void write(Report report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start(0, "testsuites");
        writeCounts(report);
        start(1, "testsuite");
        writeCounts(report);
        attribute("timestamp", time(report.when()));
        for (Result result : report.results()) {
            write(result);
        }
        end(1);
        end(0);
        xml.writeEndDocument();
    }

    private void writeCounts(Report report) throws XMLStreamException {
        attribute("name", report.name());
        attribute("tests", "" + report.results().size());
        attribute("failures", "" + report.count(Verdict.FAILED));
        attribute("errors", "0");
        attribute("skipped", "" + report.count(Verdict.NOT_GRADED));
        attribute("time", seconds(report.took()));
    }

    private void write(Result result) throws XMLStreamException {
        start(2, "testcase");
        attribute("classname", Headings.clause(result.what()));
        attribute("name", result.what().number() + " " + result.what().title());
        attribute("time", seconds(result.took()));
        switch (result.verdict()) {
            case PASSED -> { }
            case FAILED -> {
                start(3, "failure");
                attribute("message", "expected: " + result.expected() + "; seen: " + result.seen());
                attribute("type", "failed");
                text("expected: " + result.expected() + "\nseen: " + result.seen());
                xml.writeEndElement();
            }
            case NOT_GRADED -> {
                start(3, "skipped");
                attribute("message", result.why());
                xml.writeEndElement();
            }
        }
        if (!result.consoles().isEmpty()) {
            start(3, "system-out");
            text(ConsoleText.of(result));
            xml.writeEndElement();
        }
        end(2);
    }

    private void start(int depth, String element) throws XMLStreamException {
        breakLine(depth);
        xml.writeStartElement(element);
    }

    private void end(int depth) throws XMLStreamException {
        breakLine(depth);
        xml.writeEndElement();
    }

    private void breakLine(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** In one line: a parser would take line breaks for spaces. */
    private void attribute(String name, String value) throws XMLStreamException {
        String row = PlainText.visible(value).replaceAll("\\s+", " ").strip();
        xml.writeAttribute(name, PlainText.shorten(row, MESSAGE_LENGTH));
    }

    private void text(String text) throws XMLStreamException {
        xml.writeCharacters(PlainText.visible(text));
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
    }

    private static String time(Instant when) {
        return TIME.format(when);
    }
}
