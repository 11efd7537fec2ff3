package peerchat;

import java.io.IOException;
import java.io.OutputStream;

/** What the screen keeps below the lines that it shows. */
interface Below {

    /** In plain mode that is nothing. */
    Below NOTHING = new Below() {

        @Override
        public boolean hasNews() {
            return false;
        }

        @Override
        public void write(Lines above, OutputStream out) throws IOException {
            above.writeTo(out);
        }

        @Override
        public void hide() {
            // There is nothing to hide.
        }
    };

    /** Whether it looks different from what was written last. */
    boolean hasNews();

    /** Writes these lines above it. */
    void write(Lines above, OutputStream out) throws IOException;

    /** From the next writing on it is not shown any more. */
    void hide();
}
