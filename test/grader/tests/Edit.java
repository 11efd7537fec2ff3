package grader.tests;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One insertion into the twin's source. Nothing is ever taken out, so edits of many defects can share an anchor: what
 * must not happen is skipped by an {@code else}.
 *
 * @param way where the code goes, and whether only the defect that it belongs to runs it
 * @param anchor a text that occurs exactly once in the source
 * @param code in C++
 */
record Edit(Way way, String anchor, String code) {

    enum Way { BEFORE, AFTER, ADDED_BEFORE, ADDED_AFTER, INSTEAD_OF_STATEMENT, INSTEAD_OF_EXPRESSION }

    /** Statements that the defect runs before the statement that begins with the anchor. */
    static Edit before(String anchor, String code) {
        return new Edit(Way.BEFORE, anchor, code);
    }

    /** Statements that the defect runs after the statement that ends with the anchor. */
    static Edit after(String anchor, String code) {
        return new Edit(Way.AFTER, anchor, code);
    }

    /** Statements that the defect runs, and then not the statement that begins with the anchor. */
    static Edit insteadOf(String anchor, String code) {
        return new Edit(Way.INSTEAD_OF_STATEMENT, anchor, code);
    }

    /** An expression that the defect evaluates, and then not the one that begins with the anchor. */
    static Edit insteadOfExpression(String anchor, String code) {
        return new Edit(Way.INSTEAD_OF_EXPRESSION, anchor, code);
    }

    /** Declarations, which every run has. */
    static Edit addBefore(String anchor, String code) {
        return new Edit(Way.ADDED_BEFORE, anchor, code);
    }

    /** Declarations, which every run has. */
    static Edit addAfter(String anchor, String code) {
        return new Edit(Way.ADDED_AFTER, anchor, code);
    }

    /** An edit together with the condition under which its code runs. */
    record Guarded(Edit edit, String condition) {

        private int offsetIn(String source) {
            int first = source.indexOf(edit.anchor);
            if (first < 0 || source.indexOf(edit.anchor, first + 1) >= 0) {
                throw new IllegalStateException("the twin's source must hold this text exactly once, but it "
                        + (first < 0 ? "is not there: " : "is there more than once: ") + edit.anchor);
            }
            return edit.isAfter() ? first + edit.anchor.length() : first;
        }

        private String textAt(int offset, String source) {
            String code = edit.code.stripTrailing();
            String block = "if (" + condition + ") {" + bodyOf(code) + "}";
            String text = switch (edit.way) {
                case BEFORE -> block + "\n";
                case AFTER -> "\n" + block;
                case ADDED_BEFORE -> code + "\n";
                case ADDED_AFTER -> "\n" + code;
                case INSTEAD_OF_STATEMENT -> block + " else ";
                case INSTEAD_OF_EXPRESSION -> condition + " ? " + code + " : ";
            };
            return text.replace("\n", "\n" + indentAt(offset, source));
        }

        private static String bodyOf(String code) {
            return code.isEmpty() ? "" : code.contains("\n") ? "\n" + code.indent(4) : " " + code + " ";
        }

        private static String indentAt(int offset, String source) {
            String line = source.substring(source.lastIndexOf('\n', offset - 1) + 1, offset);
            return line.substring(0, line.length() - line.stripLeading().length());
        }
    }

    /** The source with all these edits. @throws IllegalStateException if an anchor is not there exactly once */
    static String applyAll(List<Guarded> edits, String source) {
        List<Guarded> ordered = new ArrayList<>(edits);
        ordered.sort(Comparator.comparingInt((Guarded one) -> one.offsetIn(source))
                .thenComparing(one -> one.edit.mustTouch()));
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (Guarded one : ordered) {
            int offset = one.offsetIn(source);
            result.append(source, done, offset).append(one.textAt(offset, source));
            done = offset;
        }
        return result.append(source.substring(done)).toString();
    }

    private boolean isAfter() {
        return way == Way.AFTER || way == Way.ADDED_AFTER;
    }

    /** Nothing may come between an {@code else} and the anchor. */
    private boolean mustTouch() {
        return way == Way.INSTEAD_OF_STATEMENT || way == Way.INSTEAD_OF_EXPRESSION;
    }
}
