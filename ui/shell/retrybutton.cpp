// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/retrybutton.h"

namespace Earshot {

RetryButton::RetryButton(const QString &name, QWidget *parent)
    : QPushButton(tr("Try again"), parent)
{
    setObjectName(name);
    setAccessibleName(text());
    setAutoDefault(false);
    connect(this, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

} // namespace Earshot
