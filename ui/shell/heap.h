// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QObject;

namespace Earshot {

// What the C library's heap holds beside what is used (glibc; elsewhere these do nothing). A day of opening, searching
// and receiving leaves holes everywhere.

/// A heap for each thread keeps what that thread has freed; two for all of them save ten megabytes. Before any thread.
void limitHeaps();

/// From now on gives back to the system once a minute what lies unused within the heaps, as long as `parent` lives. On
/// the thread that calls it.
void trimHeapsRegularly(QObject *parent);

} // namespace Earshot
