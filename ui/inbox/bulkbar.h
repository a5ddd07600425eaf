// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QMenu;
class QPushButton;

namespace Earshot {

class CommandRegistry;

/// Below a list while rows are marked: how many there are, what can be done with them, and how far it is. Hidden else.
class BulkBar final : public QWidget
{
    Q_OBJECT

public:
    explicit BulkBar(QWidget *parent = nullptr);
    /// What its menu offers comes from there.
    void setCommands(CommandRegistry &commands);
    /// @param isRestUnmarked more were to be marked @param total how many are listed, where that is known
    void showMarked(int count, bool isRestUnmarked, std::optional<qint64> total);
    /// While something is done with many, until endProgress(). @param isBeside what is marked now is marked for
    /// something else; else the marks are what it is done with
    void showProgress(int done, int total, bool isBeside);
    void endProgress();

Q_SIGNALS:
    void clearAsked();
    void stopAsked();

private:
    void showParts();
    [[nodiscard]] QString markedText() const;

    QTimer m_soonSaid; ///< running = how many are marked has changed, and a screen reader has not been told yet
    QLabel *m_text;
    QPushButton *m_deeds;
    QMenu *m_menu;
    QPushButton *m_clear;
    CommandRegistry *m_commands = nullptr;
    QPushButton *m_stop;
    QString m_progress; ///< empty = nothing is done with many
    bool m_isBeside = false;
    int m_marked = 0;
    bool m_isRestUnmarked = false;
    std::optional<qint64> m_total;
};

} // namespace Earshot
