package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AotCacheTest {

  @Test
  void a_file_that_the_jvm_shares_classes_from_is_used() {
    assertThat(AotCache.of("run.aot", "mixed mode, sharing")).hasToString("AOT cache used");
  }

  @Test
  void a_file_that_the_jvm_has_turned_down_is_not_used() {
    assertThat(AotCache.of("run.aot", "mixed mode")).hasToString("AOT cache not used");
  }

  @Test
  void the_archive_that_every_jvm_has_is_no_cache_of_ours() {
    assertThat(AotCache.of(null, "mixed mode, sharing")).hasToString("no AOT cache");
  }
}
