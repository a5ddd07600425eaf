<?php
// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// wp-config.php of the test site. Everything that differs between two sites comes from the environment or the request.
$peer_dir = getenv('EARSHOT_PEER_DIR');
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('EARSHOT_PEER_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$peer_salt = file_get_contents("$peer_dir/salt");
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $peer_name) {
    define("{$peer_name}_KEY", hash('sha256', "$peer_name key $peer_salt"));
    define("{$peer_name}_SALT", hash('sha256', "$peer_name salt $peer_salt"));
}
$table_prefix = 'wp_';

// The site is whatever address it is asked by, so that a test can put a proxy of its own before it.
define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);
define('WP_SITEURL', WP_HOME);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords over http
define('WP_HTTP_BLOCK_EXTERNAL', true); // nothing leaves this machine
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
if (!defined('ABSPATH')) {
    define('ABSPATH', "$peer_dir/site/");
}
require_once ABSPATH . 'wp-settings.php';
