// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QIcon>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace Earshot {

/// One thing to pick from a short list by typing a part of it: a person, a tag, a time. Deletes itself when closed.
class PickDialog final : public QDialog
{
    Q_OBJECT

public:
    struct Choice
    {
        QString text;
        QString detail; ///< behind the text, quieter by brackets
        QIcon icon;
    };

    PickDialog(const QString &title, const QList<Choice> &choices, QWidget *parent);
    /// Other ones than before, as those that go with what is typed.
    void setChoices(const QList<Choice> &choices);
    /// Makes room for so many lines, where choices come only as one types.
    void setRoom(int lines);
    /// What is typed may be something new. @param sentence "New tag “%1”"; empty = it may not
    void allowNew(const QString &sentence);
    /// Only the first so many can be picked; the others only say something.
    void setPickable(int count);
    /// Where one begins while nothing is typed; else at the first.
    void setCurrent(int index);
    /// What to type, where nothing can be picked.
    void setPlaceholder(const QString &text);

Q_SIGNALS:
    /// Emitted as it closes, at most once; nothing when it is dismissed.
    void picked(int index);
    /// What is typed has changed, spaces around it left out: what goes with it may be set.
    void narrowed(const QString &text);
    /// In place of picked(), for something new.
    void typed(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void addChoice(int index);
    void pick(QListWidgetItem *item);

    QList<Choice> m_choices;
    QString m_newSentence;
    int m_pickable = -1; ///< -1 = all
    int m_start = 0;
    int m_buttonHeight = 0;
    QLineEdit *m_field;
    QListWidget *m_list;
    QPushButton *m_ok;
};

} // namespace Earshot
