/** What any process of message-relay needs: settings, exit codes, commands, log lines. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.base;
