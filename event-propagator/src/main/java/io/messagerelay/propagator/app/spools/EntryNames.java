package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Selection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an entry may be called: by its id, or {@code SPOOL:NUMBER} as {@code list} prints it. */
final class EntryNames {
  private static final Pattern NAME = Pattern.compile("(.+):(\\d{1,18})");

  private EntryNames() {}

  /** The entries of a spool that are called so. */
  static Selection in(NamedSpool spool, Set<String> names) {
    Set<Long> seqs =
        names.stream()
            .map(NAME::matcher)
            .filter(name -> name.matches() && name.group(1).equals(spool.name()))
            .map(EntryNames::seq)
            .collect(Collectors.toSet());
    return new Selection(
        names,
        seqs,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static long seq(Matcher name) {
    return Long.parseLong(name.group(2));
  }
}
