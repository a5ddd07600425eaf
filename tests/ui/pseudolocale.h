// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QTranslator>

class QWidget;

namespace Earshot {

/// Every string of ours, half as long again and with accents: what a language may do to a screen.
class PseudoLocale final : public QTranslator
{
    Q_OBJECT

public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *disambiguation,
                                    int count) const override;
};

/// Each visible label and button of a window that has less room than what it says, or lies outside of the window.
/// @return one line for each, by class and object name; empty = all is well
[[nodiscard]] QStringList clippedIn(const QWidget &window);

} // namespace Earshot
