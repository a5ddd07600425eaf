// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QKeyEvent;
class QPushButton;
class QWidget;

namespace Earshot {

/// What Qt leaves undone for whoever presses buttons without a pointer. Return presses the one that has the keyboard,
/// also where it would press the default one, or none; and Tab leaves a row of buttons that Qt 6.4 leads round and
/// round. Watches the application that it belongs to; GUI thread.
class DialogKeys final : public QObject
{
    Q_OBJECT

public:
    /// @param application the QApplication
    explicit DialogKeys(QObject *application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] static bool press(QPushButton &button, QKeyEvent &key);
    static void openRows(const QWidget &window);
};

} // namespace Earshot
