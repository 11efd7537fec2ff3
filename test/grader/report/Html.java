package grader.report;

import java.util.Arrays;
import java.util.Locale;

/** Markup as it grows. Whatever is put into it is escaped, unless it is markup itself. */
final class Html {

    private final StringBuilder text = new StringBuilder();

    static Html of(String format, Object... values) {
        Html html = new Html();
        html.append(format, values);
        return html;
    }

    /** As it is; never for what comes from a submission. */
    static Html trusted(String markup) {
        Html html = new Html();
        html.text.append(markup);
        return html;
    }

    /** A line of its own. */
    Html add(String format, Object... values) {
        append(format, values);
        text.append('\n');
        return this;
    }

    private void append(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, Arrays.stream(values).map(Html::safe).toArray()));
    }

    private static Object safe(Object value) {
        return value instanceof Html || value instanceof Number ? value : escape(value.toString());
    }

    /** Text that can end neither the element nor the attribute in which it stands. */
    private static String escape(String plain) {
        return PlainText.visible(plain).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
