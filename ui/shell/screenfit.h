// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QDialog;

namespace Earshot {

/// Keeps dialogs on small screens usable, as at 300 % scaling: none is larger than its screen, and what one needs more
/// room for is scrolled to. Watches the application that it belongs to; GUI thread.
class ScreenFit final : public QObject
{
    Q_OBJECT

public:
    /// @param application the QApplication
    explicit ScreenFit(QObject *application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    static void fit(QDialog &dialog);
};

} // namespace Earshot
