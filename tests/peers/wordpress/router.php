<?php
// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// For PHP's own web server: files as they are, programs run, everything else goes to WordPress.
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (str_contains($path, '..') || str_contains($path, "\0")) {
    http_response_code(400);
    return true;
}
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
$isProgram = str_ends_with($path, '.php') && is_file($file);
if (is_file($file) && !$isProgram) {
    return false;
}
$script = $isProgram ? $path : '/index.php';
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $script;
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . $script;
unset($_SERVER['PATH_INFO']);
chdir(dirname($_SERVER['SCRIPT_FILENAME']));
require $_SERVER['SCRIPT_FILENAME'];
return true;
