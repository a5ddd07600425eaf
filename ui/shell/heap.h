// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QObject;

namespace Earshot {

// What the C library's heap holds beside what is used (glibc; elsewhere these do nothing). A day of opening, searching
// and receiving leaves holes everywhere.

/// A heap for each thread keeps what that thread has freed; two for all of them save ten megabytes. Before any thread.
void limitHeaps();

/// Gives back to the system what lies unused within the heaps. Some milliseconds.
void trimHeaps();

/// From now on does so once a minute as long as `parent` lives, on the thread that calls it.
void trimHeapsRegularly(QObject *parent);

} // namespace Earshot
