// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QString;
class QWidget;

namespace Earshot {

/// Has a screen reader say a sentence, wherever the focus is; `speaker` is what it is about. Nothing where nobody
/// listens. Qt 6.4 passes QAccessible::Alert on to nobody on Linux. What GNOME's screen reader does say is a
/// notification that appears (AT-SPI: role `notification`, `object:state-changed:showing`), so each window has an
/// invisible one. GUI thread.
void announce(QWidget *speaker, const QString &sentence);

} // namespace Earshot
