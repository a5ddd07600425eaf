// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/clearable.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>

namespace Earshot {

void makeClearable(QLineEdit &field)
{
    field.setClearButtonEnabled(true);
    if (auto *clear = field.findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction")))
        clear->setText(QCoreApplication::translate("Clearable", "Clear"));
}

} // namespace Earshot
