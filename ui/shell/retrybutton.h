// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPushButton>

namespace Earshot {

/// What can be done where something could not be read: hidden until then, and again once it is pressed.
class RetryButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit RetryButton(const QString &name, QWidget *parent = nullptr);
};

} // namespace Earshot
