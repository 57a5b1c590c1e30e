package dev.regularisation.golden;

import io.qameta.allure.Allure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Where what shows a difference goes. */
@FunctionalInterface
interface Evidence {

    /** The page of the running test in the report. */
    Evidence REPORT = (name, type, content) -> Allure.addAttachment(name, type, new ByteArrayInputStream(content),
            type.equals("image/png") ? ".png" : ".txt");

    /** Keeps a file of some media type. */
    void attach(String name, String type, byte[] content);

    /** Keeps a text. */
    default void attach(String name, String text) {
        attach(name, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
}
