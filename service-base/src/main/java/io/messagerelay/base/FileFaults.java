package io.messagerelay.base;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says why a file could not be used, in words for a person. */
public final class FileFaults {
  private FileFaults() {}

  /** A few words without the file's name: {@code permission denied}. */
  public static String reason(IOException fault) {
    return switch (fault) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException f when f.getReason() != null -> lowerFirst(f.getReason());
      default -> lowerFirst(fault.getMessage());
    };
  }

  private static String lowerFirst(@Nullable String text) {
    return text == null || text.isEmpty()
        ? "input/output error"
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
