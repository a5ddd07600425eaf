// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace Earshot {

class ChoiceBar;
class PlainLabel;
class Roster;
class RosterWait;

/// A window in which named things of the workspace are made, changed and removed: a list, and a form for the chosen
/// one. What was typed is lost by nothing but a person's word. Who may not change them reads them. Deletes itself.
class KeepDialog : public QDialog
{
    Q_OBJECT

public:
    struct Entry
    {
        qint64 id = 0;
        QString name;
    };
    struct Words
    {
        QString remove;     ///< of the button
        QString removed;    ///< when it was done
        QString whoMay;     ///< change these
        QString asked = {}; ///< before it is done; empty = nothing
    };

Q_SIGNALS:
    /// When the dialog is closed, for each thing that was made, changed or removed, in that order: what leads back.
    /// What was brought back already is not among them.
    void undoable(const QString &sentence, const QList<Earshot::Action> &inverses);

protected:
    /// @param name object names begin with it
    KeepDialog(Desk &desk, const Roster &roster, const QString &name, QWidget *parent);

    /// To be called once by the constructor of what derives, with its form's fields in form().
    void begin(const QString &emptyText);
    [[nodiscard]] QVBoxLayout *form() const { return m_form; }
    [[nodiscard]] const Roster &roster() const { return m_roster; }
    /// The form was changed by a person.
    void touch();

    [[nodiscard]] virtual QList<Entry> entries() const = 0;
    /// Fills the form. @param id 0 = a new one
    virtual void showEntry(qint64 id) = 0;
    virtual void setFormEnabled(bool isEnabled) = 0;
    virtual void focusForm() = 0;
    [[nodiscard]] virtual ActionArguments keeping(qint64 id) const = 0;
    /// What is done after keeping() was, with the id that it has now.
    [[nodiscard]] virtual QList<ActionArguments> keepingAlong(qint64 id) const;
    [[nodiscard]] virtual ActionArguments removal(qint64 id) const = 0;
    /// What it looks like now (see versionOf()); empty = there is no such one any more.
    [[nodiscard]] virtual QString version(qint64 id) const = 0;
    /// What it will look like by what is in the form.
    [[nodiscard]] virtual QString formVersion() const = 0;
    /// Its name by what is in the form.
    [[nodiscard]] virtual QString formName() const = 0;
    /// What the person had before the eyes when the form was filled; empty for a new one.
    [[nodiscard]] const QString &shownVersion() const { return m_version; }
    /// Whether I may change anything here.
    [[nodiscard]] virtual bool canChange() const;
    [[nodiscard]] virtual Words words(qint64 id) const;

    void closeEvent(QCloseEvent *event) override;

public:
    void reject() override;

private:
    /// At first, and when it is known what there is.
    void chooseFirst();
    void refill();
    void onRosterChanged();
    /// What somebody else made of the one in the form.
    void follow();
    void askAboutTheirs(const std::function<void()> &then);
    void onCurrentChanged(int row);
    void choose(qint64 id);
    void addNew();
    void save(const std::function<void()> &then = {}, bool isForced = false);
    void onSaved(const QList<Outcome> &outcomes, const QString &version, const std::function<void()> &then);
    void saveAlong(const QString &version, const std::function<void()> &then);
    void endSaving(const QString &version, const std::function<void()> &then);
    void rememberSaving();
    void remove();
    void doRemove();
    [[nodiscard]] static QString sentenceOf(const QString &name, const QString &said);
    void offerUndo(const QString &said, const QString &name, const Outcome &outcome);
    void bringBack();
    void askAboutChanges(const std::function<void()> &then);
    void showButtons();

    struct Saving
    {
        bool isNew = false;
        QString name;
        QList<Outcome> outcomes;
    };
    struct Done
    {
        qint64 id = 0;
        QString sentence;
        QList<Action> inverses;
    };
    Desk &m_desk;
    const Roster &m_roster;
    QListWidget *m_list;
    QWidget *m_page;
    QVBoxLayout *m_form;
    ChoiceBar *m_choices;
    PlainLabel *m_hint;
    QPushButton *m_new;
    QPushButton *m_remove;
    QPushButton *m_save = nullptr;
    RosterWait *m_wait;
    bool m_isBegun = false; ///< it is known what there is
    QString m_empty;
    QString m_version;     ///< of what the form was filled with
    QString m_known;       ///< how the one in the form was when last heard of, or when saving began
    qint64 m_current = -1; ///< -1 = none, 0 = a new one
    bool m_isDirty = false;
    bool m_isFilling = false;
    bool m_isBusy = false;
    std::function<void()> m_afterSaving; ///< what was asked for while it saves
    Saving m_saving;                     ///< what is being saved, or was last
    QList<Done> m_done;                  ///< and not brought back
};

} // namespace Earshot
