package io.messagerelay.propagator.source.file;

import io.messagerelay.base.FileFaults;
import io.messagerelay.contract.ItemId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Through files, one after the other. */
final class FileWalk implements Walk {
  private final List<ReplayFile> files;
  private ReplayProgress at = ReplayProgress.start();
  private @Nullable ItemReader reader;
  private boolean over;

  /**
   * @param files one at least
   */
  FileWalk(List<ReplayFile> files) {
    this.files = files;
  }

  @Override
  public void goTo(@Nullable String progress) {
    String wanted = progress == null ? ReplayProgress.start().text() : progress;
    if (!wanted.equals(progress())) {
      close();
      over = wanted.equals(ReplayProgress.end());
      at = over ? at : ReplayProgress.parse(wanted);
    }
  }

  @Override
  public @Nullable Cut peek() throws IOException {
    while (!over) {
      ReplayFile file = files.get(at.file());
      try {
        Cut cut = open(file).peek();
        if (cut != null) {
          return cut;
        }
        requireUnchanged(file);
      } catch (IOException e) {
        throw new IOException(
            "%s cannot be read: %s".formatted(file.path(), FileFaults.reason(e)), e);
      }
      goToNextFile();
    }
    return null;
  }

  private ItemReader open(ReplayFile file) throws IOException {
    if (reader == null) {
      requireUnchanged(file);
      reader = new ItemReader(FileContent.open(file.path(), at.position().offset()), at.position());
    }
    return reader;
  }

  private static void requireUnchanged(ReplayFile file) throws IOException {
    if (!file.isUnchanged()) {
      throw new IOException("it was changed meanwhile; with its new content it is another replay");
    }
  }

  private void goToNextFile() {
    close();
    over = at.file() + 1 == files.size();
    if (!over) {
      at = new ReplayProgress(at.file() + 1, Position.start(), 0, at.items());
    }
  }

  @Override
  public void take() {
    if (reader != null) {
      reader.take();
      at = new ReplayProgress(at.file(), reader.position(), at.item() + 1, at.items() + 1);
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public String progress() {
    return over ? ReplayProgress.end() : at.text();
  }

  @Override
  public long items() {
    return at.items();
  }

  @Override
  public String place(Cut cut) {
    String label = files.get(at.file()).label();
    return reader == null ? label : reader.place(label, cut, at.item() + 1);
  }

  @Override
  public ItemId id() {
    return new ItemId.OwnOr(files.get(at.file()).idOf(at.item() + 1));
  }

  @Override
  public long rawBytes() {
    int before = over ? files.size() : at.file();
    long bytes = files.subList(0, before).stream().mapToLong(ReplayFile::size).sum();
    return reader == null ? bytes : bytes + reader.rawBytes();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
