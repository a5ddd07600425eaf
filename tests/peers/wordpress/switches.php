<?php
// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A must-use plugin: what a test changes while the site runs, read from switches.json at each request.
//   plain      links without a permalink structure ("?p=4", "?rest_route=/")
//   moderated  every visitor's comment is held
$peer_switches = json_decode((string) @file_get_contents(getenv('EARSHOT_PEER_DIR') . '/switches.json'), true) ?: [];
if (!empty($peer_switches['plain'])) {
    add_filter('pre_option_permalink_structure', fn() => '');
}
if (!empty($peer_switches['moderated'])) {
    add_filter('pre_option_comment_moderation', fn() => '1');
}
// A test's visitors all come from one address and do not wait 15 seconds.
remove_filter('comment_flood_filter', 'wp_throttle_comment_flood', 10);
add_filter('pre_wp_mail', fn() => true); // no mail is sent
