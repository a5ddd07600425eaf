// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

namespace Earshot {

class CommandRegistry;

/// Every command with its key. Deletes itself when closed.
class CheatSheet final : public QDialog
{
    Q_OBJECT

public:
    explicit CheatSheet(const CommandRegistry &commands, QWidget *parent = nullptr);
};

} // namespace Earshot
