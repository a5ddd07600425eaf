// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/numberbox.h"

#include <algorithm>

namespace Earshot {

namespace {

/// What stands in `input` in place of a part of `special`; all of it where nothing of that is left.
QString typedInto(const QString &special, const QString &input)
{
    const qsizetype most = std::min(special.size(), input.size());
    qsizetype before = 0;
    while (before < most && input.at(before) == special.at(before))
        ++before;
    qsizetype after = 0;
    while (after < most - before && input.at(input.size() - 1 - after) == special.at(special.size() - 1 - after))
        ++after;
    return input.sliced(before, input.size() - before - after);
}

} // namespace

NumberBox::NumberBox(QWidget *parent)
    : QSpinBox(parent)
{
}

QValidator::State NumberBox::validate(QString &input, int &pos) const
{
    const QString special = specialValueText();
    if (special.isEmpty() || input == special)
        return QSpinBox::validate(input, pos);
    if (const QString typed = typedInto(special, input); typed != input) {
        input = typed;
        pos = int(typed.size());
    }
    return QSpinBox::validate(input, pos);
}

} // namespace Earshot
