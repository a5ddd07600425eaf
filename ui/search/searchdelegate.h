// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QStyledItemDelegate>

namespace Earshot {

class CommandRegistry;
class SearchModel;

/// Paints an answer of the search: who, when and where above the excerpt with its matches in bold; or a command.
class SearchDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    SearchDelegate(const SearchModel &model, const CommandRegistry &commands, const Clock &clock,
                   QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintCommand(QPainter *painter, const QStyleOptionViewItem &option, const QString &id) const;
    void paintHit(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    const SearchModel &m_model;
    const CommandRegistry &m_commands;
    const Clock &m_clock;
};

} // namespace Earshot
