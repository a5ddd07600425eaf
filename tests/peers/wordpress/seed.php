<?php
// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Installs WordPress by its own functions and fills it: an editor and a subscriber with application passwords, a post
// and a page. Prints what a test must know as JSON.
[, $host] = $argv;
$_SERVER['HTTP_HOST'] = $_SERVER['SERVER_NAME'] = $host;
$_SERVER += ['REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1',
             'REMOTE_ADDR' => '127.0.0.1', 'SERVER_PORT' => '80', 'SERVER_SOFTWARE' => 'cli'];
define('WP_INSTALLING', true);
require getenv('EARSHOT_PEER_DIR') . '/site/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

function must($value)
{
    if (is_wp_error($value)) {
        fwrite(STDERR, $value->get_error_message() . "\n");
        exit(1);
    }
    return $value;
}

function add_person(string $login, string $name, string $role): array
{
    $id = must(wp_insert_user(['user_login' => $login, 'user_pass' => bin2hex(random_bytes(12)), 'display_name' => $name,
                               'user_email' => "$login@blog.test", 'role' => $role]));
    [$password] = must(WP_Application_Passwords::create_new_application_password($id, ['name' => 'desk']));
    return ['id' => $id, 'user' => $login, 'password' => $password];
}

wp_install('Lantern Coffee & Tea', 'owner', 'owner@blog.test', true, '', bin2hex(random_bytes(12)));
$wp_rewrite->init();
$wp_rewrite->set_permalink_structure('/%postname%/');
$wp_rewrite->flush_rules(false);
update_option('timezone_string', 'Europe/Athens'); // the site's clock is not UTC
update_option('comment_previously_approved', '');  // first comments are not held
$editor = add_person('brand', 'Lantern Coffee', 'editor');
$reader = add_person('moss', 'Moss Fan', 'subscriber');
$entry = ['post_status' => 'publish', 'post_author' => $editor['id'], 'comment_status' => 'open'];
$post = must(wp_insert_post($entry + ['post_title' => 'Our new winter blend', 'post_name' => 'winter-blend',
                                      'post_content' => '<p>Tell us how you like it.</p>'], true));
$page = must(wp_insert_post($entry + ['post_title' => 'About us', 'post_name' => 'about', 'post_type' => 'page',
                                      'post_content' => '<p>We roast.</p>'], true));
echo json_encode(['url' => "http://$host/", 'editor' => $editor, 'reader' => $reader, 'post' => $post, 'page' => $page,
                  'version' => get_bloginfo('version'), 'directory' => getenv('EARSHOT_PEER_DIR')],
                 JSON_UNESCAPED_SLASHES), "\n";
