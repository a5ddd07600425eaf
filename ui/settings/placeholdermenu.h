// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>

class QPlainTextEdit;
class QToolButton;

namespace Earshot {

/// What a saved reply's placeholders are called, and the button that puts one in.
class PlaceholderMenu final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::PlaceholderMenu)

public:
    /// The button and the editor live equally long.
    static void fill(QToolButton &button, QPlainTextEdit &edit);
};

} // namespace Earshot
