// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QCoreApplication;

namespace Earshot {

/// Installs the texts of the system's language where there is a translation, else English with its plurals; and Qt's
/// own. Call once, before anything is shown.
void installTranslations(QCoreApplication &application);

} // namespace Earshot
