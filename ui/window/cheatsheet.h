// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QTableWidget;

namespace Earshot {

class CommandRegistry;

/// Every command with its key, then the keys that mean something in one place only. Deletes itself when closed.
class CheatSheet final : public QDialog
{
    Q_OBJECT

public:
    explicit CheatSheet(const CommandRegistry &commands, QWidget *parent = nullptr);

private:
    static void addKeysOfPlaces(QTableWidget &table, const CommandRegistry &commands);
};

} // namespace Earshot
