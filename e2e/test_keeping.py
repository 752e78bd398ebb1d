"""Nothing drawn is lost."""

from playwright.sync_api import expect


def test_strokes_drawn_offline_arrive_when_the_network_is_back(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.goes_offline()
    ann.draws((100, 100), (600, 100))
    bob.draws((100, 300), (600, 300))
    bob.sees_saved(seq=1)
    expect(ann.saved).to_contain_text("1 stroke waits")
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert ann.picture() == bob.picture()


def test_the_network_may_go_in_the_middle_of_a_stroke(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.puts_pen_down([(100, 100), (300, 100)])
    ann.goes_offline()
    ann.moves_to(600, 100)
    ann.lifts_pen()
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(500, 100)
    assert ann.picture() == bob.picture()


def test_pending_strokes_survive_a_closed_tab(ann):
    address = ann.starts_a_drawing()
    ann.goes_offline()
    ann.draws((100, 100), (600, 100))
    expect(ann.saved).to_contain_text("1 stroke waits")
    ann.closes_the_tab()
    ann.comes_back()
    ann.opens(address)
    ann.sees_saved(seq=1)
    ann.sees_ink_at(300, 100)


def test_a_saved_stroke_survives_a_killed_server(visit, own_server):
    ann = visit(own_server)
    ann.starts_a_drawing()
    ann.draws((100, 100), (600, 100))
    ann.sees_saved(seq=1)
    own_server.kill()
    own_server.start()
    ann.reloads()
    ann.sees_saved(seq=1)
    ann.sees_ink_at(300, 100)


def test_drawing_goes_on_while_the_server_is_away(visit, own_server):
    ann, bob = visit(own_server), visit(own_server)
    bob.opens(ann.starts_a_drawing())
    own_server.kill()
    ann.draws((100, 100), (600, 100))
    bob.draws((100, 300), (600, 300))
    own_server.start()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert ann.picture() == bob.picture()


def test_undo_is_still_there_after_a_reload(ann):
    ann.starts_a_drawing()
    ann.draws((100, 100), (600, 100))
    ann.draws((100, 300), (600, 300))
    ann.sees_saved(seq=2)
    ann.reloads()
    ann.undoes()
    ann.sees_saved(seq=3)
    ann.sees_ink_at(300, 300, ink=False)
    ann.sees_ink_at(300, 100)
