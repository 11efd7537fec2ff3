package demo;

import java.util.Locale;

/** The tip of an arrow, a shape for each kind, so that paper without colours can tell them apart. */
final class Tip {

    private Tip() {
    }

    /** At the second point, in the direction from the first. */
    static String of(Arrow.Kind kind, double x1, double y1, double x2, double y2) {
        return String.format(Locale.ROOT, "<path class=\"tip\" transform=\"translate(%.1f %.1f) rotate(%.1f)\" "
                + "d=\"%s\"/>", x2, y2, Math.toDegrees(Math.atan2(y2 - y1, x2 - x1)), switch (kind) {
                    case MESSAGE -> "M-13 -5.5L0 0L-13 5.5z";
                    case CONNECT -> "M-11 -5.5L0 0L-11 5.5";
                    case CLOSE -> "M-10 -5L0 5M-10 5L0 -5";
                });
    }
}
